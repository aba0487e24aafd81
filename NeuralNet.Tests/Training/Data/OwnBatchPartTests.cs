using NeuralNet.Core;
using NeuralNet.Training.Data;

namespace NeuralNet.Tests.Training.Data;

/// <summary>Parts and copies of batches, what they keep of the whole, and what is no batch.</summary>
internal sealed class OwnBatchPartTests
{
    private static readonly Matrix<double> Inputs = Matrices.FromRows<double>([1], [2], [3]);

    [Test]
    public void Part_BatchWithTargets_HasThoseOfItsRows()
    {
        Batch<double> part = new Batch<double>(Inputs, Matrices.FromRows<double>([10, 11], [20, 21], [30, 31]), Matrices.FromRows<double>([1], [2], [5])).Part(1, 2);
        part.Inputs.ShouldBe(Matrices.FromRows<double>([2], [3]));
        part.Targets.ShouldBe(Matrices.FromRows<double>([20, 21], [30, 31]));
        part.Weights.ShouldBe(Matrices.FromRows<double>([2], [5]));
        (part.Share, part.WholeCount).ShouldBe((7.0 / 8, 3));
    }

    [Test]
    public void Part_SamplesAlone_AreItsRows()
    {
        Batch<double> part = new Batch<double>(Inputs).Part(0, 2);
        part.Inputs.ShouldBe(Matrices.FromRows<double>([1]));
        (part.HasTargets, part.Labels.IsEmpty, part.Weights, part.Share).ShouldBe((false, true, null, 1.0 / 3));
    }

    [Test]
    public void Part_NothingCounts_HasNoShare() => new Batch<double>(Inputs, new[] { 0, 1, 0 }, Matrices.Zeros<double>(3, 1)).Part(0, 2).Share.ShouldBe(0);

    // A rank without a row of its own gets one that counts nothing, in as many columns as the others have.
    [Test]
    public void Part_RankWithoutARow_HasWeightsOfTheWholeBatchsShape()
    {
        var batch = new Batch<double>(Matrices.FromRows<double>([1]), new[] { 0, 1, 2 }, Matrices.FromRows<double>([1, 2, 3]));
        Batch<double> part = batch.Part(0, 2);
        part.Weights.ShouldBe(Matrices.Zeros<double>(1, 3));
        (part.Share, part.Count).ShouldBe((0, 1));
        batch.Part(1, 2).Weights.ShouldBe(batch.Weights);
    }

    [TestCase(2, 2, "rank")]
    [TestCase(3, 2, "rank")]
    [TestCase(-1, 2, "rank")]
    [TestCase(0, 0, "ranks")]
    public void Part_NoSuchRank_IsRefused(int rank, int ranks, string name) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new Batch<double>(Inputs).Part(rank, ranks)).ParamName.ShouldBe(name);

    // Weights 1, 2, 1, 2: of a batch of all four, rank 0 of three has the first row, and rank 2 the last two.
    [TestCase(0, 1.0 / 6)]
    [TestCase(1, 2.0 / 6)]
    [TestCase(2, 3.0 / 6)]
    public void Deal_DataSetWithWeights_SharesByThem(int rank, double share)
    {
        var loader = new BatchLoader<double>(new DataSet<double>([1, 2, 3, 4], [0, 1, 0, 1], 1, 2).WithWeights([1, 2, 1, 2]), 4);
        loader.Deal(rank, 3);
        loader.Single().Share.ShouldBe(share, 1e-15);
    }

    [Test]
    public void Copy_IntoABatchOfAnotherShape_IsANewOne()
    {
        int[] labels = [0, 1, 0];
        Batch<double> plain = new(Inputs, labels), weighted = new(Inputs, labels, Matrices.FromRows<double>([1], [2], [3])), wide = new(Inputs, new[] { 0, 1, 0, 1, 0, 1 }, Matrices.Zeros<double>(3, 2));
        Batch<double> old = weighted.Clone();
        Batch<double>.Copy(weighted, old).ShouldBeSameAs(old);
        Batch<double>.Copy(plain, old).ShouldNotBeSameAs(old);
        Batch<double>.Copy(plain, old).Weights.ShouldBeNull();
        Batch<double>.Copy(weighted, plain.Clone()).Weights.ShouldBe(weighted.Weights);
        Batch<double>.Copy(new Batch<double>(Inputs, new[] { 0, 1, 0, 1, 0, 1 }, Matrices.FromRows<double>([1], [2], [3])), wide.Clone()).Weights!.ColumnCount.ShouldBe(1);
    }

    [Test]
    public void Batch_ThatIsNone_IsRefusedByName()
    {
        Should.Throw<ArgumentNullException>(() => new Batch<double>(null!)).ParamName.ShouldBe("inputs");
        Should.Throw<ArgumentException>(() => new Batch<double>(Inputs, new[] { -1, 0, 0 })).Message.ShouldBe("Label 0 is -1; it must be 0 or more. (Parameter 'labels')");
        Should.Throw<ArgumentException>(() => new Batch<double>(Inputs, Matrices.Zeros<double>(3, 0))).Message
            .ShouldBe("A batch has one row and one column or more, got [3×0]. (Parameter 'targets')");
    }

    [Test]
    public void NextEpoch_BeforeAndDuringAnEpoch_IsTheOneThatComes()
    {
        var loader = new BatchLoader<double>(new DataSet<double>([1, 2], 1), 1);
        loader.NextEpoch.ShouldBe(0);
        using (IEnumerator<Batch<double>> batches = ((IEnumerable<Batch<double>>)loader).GetEnumerator())
        {
            batches.MoveNext().ShouldBeTrue();
            loader.NextEpoch.ShouldBe(1);
        }
    }

    [Test]
    public void Prefetch_ItsThread_DoesNotKeepTheProgramAlive()
    {
        (bool IsBackground, string? Name) thread = default;
        Told().Prefetch(1).Count().ShouldBe(1);
        thread.ShouldBe((true, "NeuralNet prefetch"));

        IEnumerable<Batch<double>> Told()
        {
            thread = (Thread.CurrentThread.IsBackground, Thread.CurrentThread.Name);
            yield return new Batch<double>(Inputs);
        }
    }

    [Test]
    public void ClassCounts_AskedForAgain_AreTheSame()
    {
        var data = new DataSet<double>([1, 2], [0, 1], 1, 2);
        data.ClassCounts.ShouldBeSameAs(data.ClassCounts);
    }

    // 46,341² is the first square above 2³¹; one row stands there so often.
    [Test]
    public void DataSet_MoreValuesThanAnArrayHolds_IsRefused()
    {
        const int Many = 46_341;
        float[] row = new float[Many];
        string message = $"of 46341 values are 2147488281; an array holds at most {Array.MaxLength}.";
        Should.Throw<ArgumentException>(() => DataSet<float>.FromRows([.. Enumerable.Repeat(row, Many)])).Message.ShouldBe($"46341 rows {message} (Parameter 'rows')");
        Should.Throw<ArgumentException>(() => new DataSet<float>(row, Many).Subset(new int[Many])).Message.ShouldBe($"46341 samples {message} (Parameter 'indices')");
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(double.NaN)]
    public void Split_FractionThatIsNone_IsNamed(double fraction) => Should.Throw<ArgumentOutOfRangeException>(() => new DataSet<double>([1, 2], 1).Split(fraction, 1)).Message
        .ShouldStartWith($"The fraction must be above 0 and below 1, got {fraction}.");

    [Test]
    public void Scaling_WhatIsNoRangeOrNoData_IsRefused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => Scaling.MinMax(new DataSet<double>([1, 2], 1), 3, 3)).Message
            .ShouldStartWith("The range must be of two finite numbers, the second above the first, got 3 and 3. (Parameter 'high')");
        Should.Throw<ArgumentNullException>(() => Scaling.Standardize<double>(null!));
        Should.Throw<ArgumentNullException>(() => Scaling.MinMax<double>(null!));
    }
}
