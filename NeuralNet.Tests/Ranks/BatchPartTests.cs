using NeuralNet.Core;
using NeuralNet.Tests.Support;
using NeuralNet.Training.Data;

namespace NeuralNet.Tests.Ranks;

/// <summary>Which part of a batch a rank has.</summary>
internal sealed class BatchPartTests
{
    [Test]
    public void Deal_AnyRanks_EverySampleIsOnOneRank([Values(1, 2, 3, 5, 9)] int ranks, [Values(1, 4, 7)] int batchSize)
    {
        DataSet<double> data = Data(withWeights: false);
        var whole = new BatchLoader<double>(data, batchSize, seed: 3);
        BatchLoader<double>[] parts = [.. Enumerable.Range(0, ranks).Select(rank => new BatchLoader<double>(data, batchSize, seed: 3))];
        for (int rank = 0; rank < ranks; rank++)
        {
            parts[rank].Deal(rank, ranks);
        }

        double[][][] ofParts = [.. parts.Select(loader => loader.Select(Samples).ToArray())];
        int number = 0;
        foreach (Batch<double> batch in whole)
        {
            ofParts.SelectMany(part => part[number]).ShouldBe(Samples(batch));
            number++;
        }

        parts.ShouldAllBe(loader => loader.Count == whole.Count);
    }

    [Test]
    public void Deal_SharesOfABatch_AddUpToOne([Values(false, true)] bool withWeights)
    {
        DataSet<double> data = Data(withWeights);
        double[][] shares = [.. Enumerable.Range(0, 4).Select(rank =>
        {
            var loader = new BatchLoader<double>(data, 3, seed: 1);
            loader.Deal(rank, 4);
            return loader.Select(batch => batch.Share).ToArray();
        })];

        for (int batch = 0; batch < shares[0].Length; batch++)
        {
            shares.Sum(ofRank => ofRank[batch]).ShouldBe(1, 1e-15);
        }
    }

    [Test]
    public void Part_OfSomebodysBatch_HasItsRows()
    {
        var batch = new Batch<double>(Matrix<double>.Build.Dense(5, 2, (i, j) => (10 * i) + j), new[] { 0, 1, 2, 3, 4, 10, 11, 12, 13, 14 }, Matrix<double>.Build.Dense(5, 1, (i, _) => i));

        Batch<double> part = batch.Part(1, 2);

        part.Inputs.ShouldBe(Matrices.FromRows<double>([20, 21], [30, 31], [40, 41]));
        part.Labels.ToArray().ShouldBe([2, 3, 4, 12, 13, 14]);
        (part.Share, part.WholeCount, part.Count).ShouldBe((0.9, 5, 3));
        batch.Part(0, 1).ShouldBeSameAs(batch);
        batch.Part(0, 7).Weights!.AsSpan().ToArray().ShouldBe([0]);
        batch.Part(0, 7).Share.ShouldBe(0);
    }

    [Test]
    public void Prefetch_OfAPart_KeepsItsShare()
    {
        var loader = new BatchLoader<double>(Data(withWeights: true), 3, seed: 1);
        loader.Deal(1, 2);

        loader.Select(batch => (batch.Share, batch.WholeCount)).ToArray().ShouldBe(Again().Select(batch => (batch.Share, batch.WholeCount)).ToArray());

        IEnumerable<Batch<double>> Again()
        {
            loader.Resume(0);
            return loader.Prefetch();
        }
    }

    [Test]
    public void Deal_NoSuchRank_IsRefused()
    {
        var loader = new BatchLoader<double>(Data(withWeights: false), 3);

        Should.Throw<ArgumentOutOfRangeException>(() => loader.Deal(2, 2));
        Should.Throw<ArgumentOutOfRangeException>(() => loader.Deal(-1, 2));
        Should.Throw<ArgumentOutOfRangeException>(() => loader.Deal(0, 0));
    }

    // Samples that count, by their first feature.
    private static double[] Samples(Batch<double> batch) => batch.Share == 0 ? [] : batch.Inputs.Column(0).ToArray();

    private static DataSet<double> Data(bool withWeights)
    {
        var data = new DataSet<double>([.. Enumerable.Range(0, 22).Select(i => (double)i)], Some.Labels(11, 2), 2, 2);
        return withWeights ? data.WithWeights([.. Enumerable.Range(0, 11).Select(i => 1.0 + (i % 3))]) : data;
    }
}
