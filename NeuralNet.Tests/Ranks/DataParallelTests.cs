using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Core.Randomness;
using NeuralNet.Core.Ranks;
using NeuralNet.Layers;
using NeuralNet.Tests.Support;
using NeuralNet.Training.Data;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Optimizers;
using NeuralNet.Training.Ranks;

namespace NeuralNet.Tests.Ranks;

/// <summary>What ranks that train together begin with, what their parts count, and what is refused.</summary>
internal sealed class DataParallelTests
{
    [Test]
    public void Start_Generators_AreForksByTheNumberOfTheRank()
    {
        PhiloxState[] states = ThreadRanks.Run(3, ranks =>
        {
            var net = new Sequential<double>(new Linear<double>(2, 2, new Random(1)), new Dropout<double>(0.5, new Philox(7L)));
            _ = new DataParallel<double>(ranks, net, new SGD<double>(net.Parameters, 0.1));
            return net.Generators.Single().Generator.State;
        });

        var first = new Philox(7L);
        states.ShouldBe([first.State, first.Fork(1).State, first.Fork(2).State]);
    }

    [TestCase(1, false)]
    [TestCase(1, true)]
    [TestCase(3, false)]
    [TestCase(3, true)]
    public void ThrowIfWeightsDiffer_OneWeightOfOneRank_IsNoticedByAll(int ranks, bool differs)
    {
        void Train() => ThreadRanks.Run(ranks, communicator =>
        {
            var net = new Sequential<double>(new Linear<double>(2, 2, new Random(1)), new Linear<double>(2, 2, new Random(2)));
            var parallel = new DataParallel<double>(communicator, net, new SGD<double>(net.Parameters, 0.1));
            if (differs && communicator.Rank == 1)
            {
                net.Parameters[3].Parameter.Value[0, 1] += 1e-15;
            }

            parallel.ThrowIfWeightsDiffer();
            return 0;
        });

        if (ranks == 1 || !differs)
        {
            Train();
            return;
        }

        AggregateException all = Should.Throw<AggregateException>(Train);
        all.InnerExceptions.Select(exception => exception.Message).ShouldBe(Enumerable.Repeat(
            "Rank 1 has other weights than rank 0, though all take the same steps: something that happens between them differs from rank to rank.", 3));
    }

    // Samples, size of a batch; null where every rank has one of every batch.
    [TestCase(7, 4, false, null)]
    [TestCase(6, 4, false, 2)]
    [TestCase(6, 4, true, null)]
    [TestCase(6, 2, true, 2)]
    [TestCase(6, 3, false, null)]
    [TestCase(8, 4, false, null)]
    [TestCase(2, 4, false, 2)]
    public void Deal_StatisticsOverRanksWithoutASample_IsRefused(int samples, int batchSize, bool dropLast, int? smallest)
    {
        string[] refusals = ThreadRanks.Run(3, ranks =>
        {
            var normalized = new BatchNorm<double>(2) { Ranks = ranks };
            var net = new Sequential<double>(new Sequential<double>(new Linear<double>(2, 2, new Random(1)), normalized), new Tanh<double>());
            var parallel = new DataParallel<double>(ranks, net, new SGD<double>(net.Parameters, 0.1));
            try
            {
                parallel.Deal(new BatchLoader<double>(Samples(samples), batchSize, dropLast: dropLast));
                return "";
            }
            catch (ArgumentException exception)
            {
                return exception.Message;
            }
        });

        refusals.ShouldAllBe(message => message == (smallest == null ? ""
            : $"BatchNorm(2, 1E-05, 0.1) takes its statistics over 3 ranks, each of which needs a sample of every batch, but a batch of an epoch has {smallest}. Take other batches, or dropLast: true. (Parameter 'batches')"));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void Deal_StatisticsOfEachRank_NeedNoSampleOfEveryBatch(bool hasOneRank) => ThreadRanks.Run(3, ranks =>
    {
        using ICommunicator alone = Communicator.Start(new CommunicatorSettings { Library = "alone" });
        var net = new Sequential<double>(new Linear<double>(2, 2, new Random(1)), new BatchNorm<double>(2) { Ranks = hasOneRank ? alone : null });
        new DataParallel<double>(ranks, net, new SGD<double>(net.Parameters, 0.1)).Deal(new BatchLoader<double>(Samples(6), 2));
        return 0;
    });

    // Two samples for three ranks: the last has none, and what it is given counts nothing.
    [TestCase(Reduction.Mean, false, "0 0.5 0.5")]
    [TestCase(Reduction.Mean, true, "0 0.25 0.75")]
    [TestCase(Reduction.Sum, false, "0 1 1")]
    public void Backward_RankWithoutASample_CountsNothing(Reduction reduction, bool weighted, string expected)
    {
        double[] shares = ThreadRanks.Run(3, ranks =>
        {
            var net = new Linear<double>(2, 2, new Random(1));
            var parallel = new DataParallel<double>(ranks, net, new SGD<double>(net.Parameters, 0.1));
            Batch<double> part = new Batch<double>(Matrices.FromRows<double>([1, 2], [3, 4]), new[] { 0, 1 }).Part(ranks.Rank, ranks.Size);
            var loss = new SoftmaxCrossEntropy<double>(reduction: reduction, classWeights: weighted ? [1, 3] : null);
            Cache<double> cache = new(), lossCache = new();
            loss.Forward(net.Forward(part.Inputs, cache), part.Labels, part.Weights, lossCache);
            double share = parallel.Backward(loss, lossCache, cache, part);
            double.IsFinite(net.Weight.Gradient[0, 0]).ShouldBeTrue();
            return share;
        });

        shares.Order().ShouldBe(expected.Split(' ').Select(double.Parse));
    }

    // w = 2, x = 3, t = 0: the gradient of (w·x)² is 2·6·3 = 36, of one sample on one rank; the others have none.
    [TestCase(1)]
    [TestCase(3)]
    public void Backward_SumOfOneSample_CountsItOnce(int ranks)
    {
        (double Share, double Gradient)[] results = ThreadRanks.Run(ranks, communicator =>
        {
            var net = new Linear<double>(Matrices.FromRows<double>([2]));
            var parallel = new DataParallel<double>(communicator, net, new SGD<double>(net.Parameters, 0.1));
            Batch<double> batch = new Batch<double>(Matrices.FromRows<double>([3]), Matrices.FromRows<double>([0])).Part(communicator.Rank, communicator.Size);
            var loss = new SumSquaredError<double>();
            Cache<double> cache = new(), lossCache = new();
            loss.Forward(net.Forward(batch.Inputs, cache), batch.Targets, lossCache);
            return (parallel.Backward(loss, lossCache, cache, batch), net.Weight.Gradient[0, 0]);
        });

        results.ShouldAllBe(result => result.Gradient == 36);
        results.Sum(result => result.Share).ShouldBe(1);
    }

    [TestCase(1, true)]
    [TestCase(2, false)]
    public void Start_LazyRows_AreForOneRank(int ranks, bool areTaken)
    {
        void Start() => ThreadRanks.Run(ranks, communicator =>
        {
            var net = new Linear<double>(2, 2, new Random(1));
            return new DataParallel<double>(communicator, net, new SGD<double>(net.Parameters, 0.1, lazyRows: true));
        });

        if (areTaken)
        {
            Should.NotThrow(Start);
            return;
        }

        Should.Throw<AggregateException>(Start).InnerExceptions.ShouldAllBe(exception => exception is NotSupportedException
            && exception.Message.StartsWith("Gradients by rows are whole matrices once they are added over 2 ranks, so lazy rows would not be what they are: "));
    }

    [Test]
    public void Anything_NullOrOutOfRange_IsRefusedByName()
    {
        using ICommunicator alone = Communicator.Start(new CommunicatorSettings { Library = "alone" });
        var net = new Linear<double>(2, 2, new Random(1));
        var optimizer = new SGD<double>(net.Parameters, 0.1);
        var parallel = new DataParallel<double>(alone, net, optimizer);

        Should.Throw<ArgumentNullException>(() => new DataParallel<double>(null!, net, optimizer)).ParamName.ShouldBe("ranks");
        Should.Throw<ArgumentNullException>(() => new DataParallel<double>(alone, null!, optimizer)).ParamName.ShouldBe("network");
        Should.Throw<ArgumentNullException>(() => new DataParallel<double>(alone, net, null!)).ParamName.ShouldBe("optimizer");
        Should.Throw<ArgumentOutOfRangeException>(() => new DataParallel<double>(alone, net, optimizer, bucketSize: 0)).ParamName.ShouldBe("bucketSize");
        Should.Throw<ArgumentNullException>(() => parallel.Deal(null!)).ParamName.ShouldBe("batches");
        Should.Throw<ArgumentNullException>(() => parallel.Reduce<ReadOnlyMemory<int>>(null!)).ParamName.ShouldBe("metric");
    }

    private static DataSet<double> Samples(int count) => new(Some.Matrix<double>(count, 2, 1).AsSpan().ToArray(), Some.Labels(count, 2, 1), 2, 2);
}
