using System.Collections.Concurrent;
using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Layers;
using NeuralNet.Tests.Training.Fitting;
using NeuralNet.Training.Data;

namespace NeuralNet.Tests.Docs.Guide;

/// <summary>The rest of docs/guide/predict.md.</summary>
internal sealed class PredictPage
{
    private static readonly DataSet<double> Data = Blobs.Points(500, seed: 1);

    [Test]
    public void Many_InBatches_AreAsOneByOne()
    {
        Sequential<double> net = Blobs.Network();
        DataSet<double> data = Data;
        #region many
        var classes = new List<int>();
        var cache = new Cache<double>(training: false);                           // lends the same matrices to every batch
        foreach (var batch in new BatchLoader<double>(data, 256))                 // without a seed: in their order
        {
            var scores = net.Forward(batch.Inputs, cache);                        // the cache's, until its next pass
            classes.AddRange(scores.EnumerateRows().Select(row => row.MaximumIndex()));
        }
        #endregion

        classes.ShouldBe(OneByOne(net));
    }

    [Test]
    public void Threads_EachWithItsCache_ShareANetwork()
    {
        Sequential<double> net = Blobs.Network();
        DataSet<double> data = Data;
        #region threads
        var classes = new int[data.Count];
        Parallel.For(0, data.Count, () => new Cache<double>(training: false), (i, _, cache) =>
        {
            var scores = net.Forward(Matrices.FromRows(1, data.Features, data.Sample(i)), cache);
            classes[i] = scores.Row(0).MaximumIndex();
            return cache;
        }, _ => { });
        #endregion

        classes.ShouldBe(OneByOne(net));
    }

    [Test]
    public void Caches_OfAPool_AreLent()
    {
        Sequential<double> net = Blobs.Network();
        #region pool
        var caches = new ConcurrentBag<Cache<double>>();
        int ClassOf(double[] sample)                                              // a server: from any thread
        {
            Cache<double> cache = caches.TryTake(out var free) ? free : new Cache<double>(training: false);
            int best = net.Forward(Matrices.FromRows(sample), cache).Row(0).MaximumIndex();
            caches.Add(cache);
            return best;
        }
        #endregion

        int[] expected = OneByOne(net);
        Parallel.For(0, Data.Count, i => ClassOf(Data.Sample(i).ToArray()).ShouldBe(expected[i]));
    }

    [Test]
    public void Output_OfACache_IsOverwrittenByItsNextPass()
    {
        Sequential<double> net = Blobs.Network();
        Matrix<double> x = Matrices.FromRows<double>([0, 2]), other = Matrices.FromRows<double>([2, -1]);
        #region lifetime
        var cache = new Cache<double>(training: false);
        var first = net.Forward(x, cache);
        var kept = first.Clone();                                                 // a copy, to keep it
        var second = net.Forward(other, cache);                                   // first is overwritten: it is the same matrix
        #endregion

        second.ShouldBeSameAs(first);
        kept.ShouldBe(net.Forward(x));
        kept.ShouldNotBe(second);
    }

    [Test]
    public void Sample_OfOtherFeatures_IsRefused()
    {
        var net = new Sequential<double>(new Linear<double>(2, 8, new Random(1)), new Tanh<double>());
        Quoted.ShouldBe(Should.Throw<ArgumentException>(() => net.Forward(Matrices.FromRows<double>([1, 2, 3]))), "docs/guide/predict.md", "features");
    }

    private static int[] OneByOne(Sequential<double> net) =>
        [.. Enumerable.Range(0, Data.Count).Select(i => net.Forward(Matrices.FromRows(Data.Sample(i).ToArray())).Row(0).MaximumIndex())];
}
