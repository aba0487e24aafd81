using System.Numerics;
using NeuralNet.Core;
using NeuralNet.Training.Data;

namespace NeuralNet.Tests.Training.Data;

/// <summary>Batches that somebody makes.</summary>
[TestFixture(TypeArgs = [typeof(float)])]
[TestFixture(TypeArgs = [typeof(double)])]
internal sealed class OwnBatchTests<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly Matrix<T> Inputs = Matrices.FromRows<T>([T.Zero, T.One], [T.One, T.One]);

    [Test]
    public void Batch_Labels_AreKept()
    {
        int[] labels = [1, 0];
        Matrix<T> weights = Matrices.FromRows<T>([T.One], [T.Zero]);
        var batch = new Batch<T>(Inputs, labels, weights);
        batch.Count.ShouldBe(2);
        batch.Inputs.ShouldBeSameAs(Inputs);
        batch.Labels.ToArray().ShouldBe([1, 0]);
        batch.Weights.ShouldBeSameAs(weights);
        batch.HasTargets.ShouldBeFalse();
        Should.Throw<InvalidOperationException>(() => batch.Targets).Message.ShouldContain("WithTargets");
        labels[0] = 3;
        batch.Labels.Span[0].ShouldBe(3);
    }

    [Test]
    public void Batch_LabelsOfPositions_MayHaveWeightsOfPositionsOrOfSamples()
    {
        int[] labels = [1, 0, 2, 3, 4, 5];
        new Batch<T>(Inputs, labels, Matrices.Zeros<T>(2, 3)).Weights.ShouldNotBeNull().ColumnCount.ShouldBe(3);
        new Batch<T>(Inputs, labels, Matrices.Zeros<T>(2, 1)).Labels.Length.ShouldBe(6);
        Should.Throw<ArgumentException>(() => new Batch<T>(Inputs, labels, Matrices.Zeros<T>(2, 2))).Message
            .ShouldStartWith("The weights of 2 samples are [2×1] or [2×3], got [2×2].");
    }

    [Test]
    public void Batch_Targets_AreKept()
    {
        var batch = new Batch<T>(Inputs, Inputs);
        batch.Targets.ShouldBeSameAs(Inputs);
        (batch.HasTargets, batch.Labels.IsEmpty, batch.Weights).ShouldBe((true, true, null));
    }

    [Test]
    public void Batch_ThatDoesNotFit_IsRefused()
    {
        Should.Throw<ArgumentNullException>(() => new Batch<T>(null!));
        Should.Throw<ArgumentNullException>(() => new Batch<T>(Inputs, (Matrix<T>)null!)).ParamName.ShouldBe("targets");
        Should.Throw<ArgumentException>(() => new Batch<T>(Matrices.Zeros<T>(0, 2))).Message.ShouldStartWith("A batch has one row and one column or more, got [0×2].");
        Should.Throw<ArgumentException>(() => new Batch<T>(Matrix<T>.Build.Sparse(2, 2))).Message.ShouldStartWith("A dense matrix is needed");
        Should.Throw<ArgumentException>(() => new Batch<T>(Inputs, new[] { 1, 2, 3 })).Message.ShouldStartWith("2 rows need a label each, or the same number of labels each; got 3");
        Should.Throw<ArgumentException>(() => new Batch<T>(Inputs, Array.Empty<int>())).Message.ShouldContain("got 0 labels");
        Should.Throw<ArgumentException>(() => new Batch<T>(Inputs, new[] { 0, -1 })).Message.ShouldStartWith("Label 1 is -1");
        Should.Throw<ArgumentException>(() => new Batch<T>(Inputs, Matrices.Zeros<T>(3, 1))).Message.ShouldStartWith("2 samples need as many targets, got [3×1].");
        Should.Throw<ArgumentException>(() => new Batch<T>(Inputs, Inputs, Matrices.Zeros<T>(2, 2))).Message.ShouldStartWith("The weights of 2 samples are [2×1], got [2×2].");
        Should.Throw<ArgumentException>(() => new Batch<T>(Inputs, Inputs, Matrices.FromRows<T>([T.One], [T.NaN]))).Message.ShouldStartWith("A weight is NaN");
        Should.Throw<ArgumentException>(() => new Batch<T>(Inputs, Inputs, Matrices.FromRows<T>([T.One], [-T.One]))).Message.ShouldStartWith("A weight is -1");
    }

    [Test]
    public void Clone_LastsLongerThanTheBatch()
    {
        DataSet<T> data = DataSet<T>.FromRows([[T.One], [T.Pi], [T.E]], [2, 1, 0]).WithTargets([T.One, T.Zero, T.One], 1).WithWeights([T.Zero, T.One, T.E]);
        List<Batch<T>> all = [];
        foreach (Batch<T> batch in new BatchLoader<T>(data, 1))
        {
            all.Add(batch.Clone());
        }

        all.Select(batch => batch.Inputs[0, 0]).ShouldBe([T.One, T.Pi, T.E]);
        all.Select(batch => batch.Labels.Span[0]).ShouldBe([2, 1, 0]);
        all.Select(batch => batch.Targets[0, 0]).ShouldBe([T.One, T.Zero, T.One]);
        all.Select(batch => batch.Weights!.At(0, 0)).ShouldBe([T.Zero, T.One, T.E]);
    }

    [Test]
    public void Loader_AsASequence_GivesTheSameEpochs()
    {
        DataSet<T> data = new([.. Enumerable.Range(0, 10).Select(T.CreateChecked)], features: 1);
        BatchLoader<T> one = new(data, 3, seed: 1), other = new(data, 3, seed: 1);
        for (int epoch = 0; epoch < 2; epoch++)
        {
            List<T> direct = [];
            foreach (Batch<T> batch in one)
            {
                direct.AddRange(batch.Inputs.Column(0));
            }

            ((IEnumerable<Batch<T>>)other).SelectMany(batch => batch.Inputs.Column(0).ToArray()).ToArray().ShouldBe(direct);
        }
    }
}
