using System.Numerics;
using NeuralNet.Core;
using NeuralNet.Core.Ranks;
using NeuralNet.Tests.Ranks;
using NeuralNet.Training.Data;
using NeuralNet.Training.Optimizers;
using NeuralNet.Training.Ranks;

namespace NeuralNet.Tests.Training.Ranks;

/// <summary>What one rank may not have otherwise than the others, and how the difference is told: on all ranks, with both values.</summary>
internal sealed class SameTrainingTests
{
    private const string Rest = "All ranks of a job train the same network on the same data: start the same program with the same arguments.";

    [Test]
    public void Check_SameNetworkAndOptimizer_IsQuiet() => Should.NotThrow(() => Run(ranks => Check<double>(ranks, 2, 3)));

    [Test]
    public void Check_OtherPrecision_IsNamed() => Refusal(ranks =>
    {
        if (ranks.Rank == 1)
        {
            Check<float>(ranks, 2, 3);
        }
        else
        {
            Check<double>(ranks, 2, 3);
        }
    }).ShouldBe($"Rank 1 has another precision than rank 0: Single, and there Double. {Rest}");

    // Of one name, and with other shapes.
    [Test]
    public void Check_OtherParameters_AreListed() => Refusal(ranks => Check<double>(ranks, 2, ranks.Rank == 1 ? 4 : 3)).ShouldBe(
        $"Rank 1 has another list of parameters than rank 0: first [2×4], second [1×4], and there first [2×3], second [1×3]. {Rest}");

    [Test]
    public void Check_OtherSteps_AreCounted() => Refusal(ranks => Check<double>(ranks, 2, 3, steps: ranks.Rank == 1 ? 2 : 0))
        .ShouldBe($"Rank 1 has another number of steps taken than rank 0: 2, and there 0. {Rest}");

    [Test]
    public void CheckBatches_OrderOfTheDataSet_HasNoSeed() => Refusal(ranks => SameTraining.Check(ranks, new BatchLoader<double>(Data(), 2, seed: ranks.Rank == 1 ? null : 5)))
        .ShouldBe($"Rank 1 has another seed of the order than rank 0: none, and there 5. {Rest}");

    [Test]
    public void CheckBatches_WholeBatchesOnly_IsSaid() => Refusal(ranks => SameTraining.Check(ranks, new BatchLoader<double>(Data(), 2, seed: 5, dropLast: ranks.Rank == 1)))
        .ShouldBe($"Rank 1 has another batch size than rank 0: 2, whole batches only, and there 2. {Rest}");

    [Test]
    public void CheckBatches_MoreSamples_AreCounted() =>
        Refusal(ranks => SameTraining.Check(ranks, new BatchLoader<double>(ranks.Rank == 1 ? new DataSet<double>([1, 2, 3], 1) : Data(), 2, seed: 5)))
            .ShouldBe($"Rank 1 has another number of samples than rank 0: 3, and there 2. {Rest}");

    private static IEnumerable<TestCaseData> DataSets() =>
    [
        new TestCaseData(Data(), new DataSet<double>([1, 3], 1)).SetArgDisplayNames("samples"),
        new TestCaseData(Data().WithLabels([0, 1], 2), Data().WithLabels([1, 0], 2)).SetArgDisplayNames("labels"),
        new TestCaseData(Data().WithTargets([5, 6], 1), Data().WithTargets([5, 7], 1)).SetArgDisplayNames("targets"),
        new TestCaseData(Data().WithWeights([5, 6]), Data().WithWeights([5, 7])).SetArgDisplayNames("weights"),
        // The same numbers, of which one set takes the middle two for samples, and the other for targets.
        new TestCaseData(new DataSet<double>([1, 2, 3, 4], 2).WithTargets([5, 6], 1), Data().WithTargets([3, 4, 5, 6], 2)).SetArgDisplayNames("shapes"),
    ];

    [TestCaseSource(nameof(DataSets))]
    public void CheckBatches_OtherData_IsNamed(DataSet<double> first, DataSet<double> other)
    {
        Refusal(ranks => SameTraining.Check(ranks, new BatchLoader<double>(ranks.Rank == 1 ? other : first, 2, seed: 5))).ShouldStartWith("Rank 1 has another data set, by its SHA-256 than rank 0: ");
        Should.NotThrow(() => Run(ranks => SameTraining.Check(ranks, new BatchLoader<double>(first, 2, seed: 5))));
    }

    private static DataSet<double> Data() => new([1, 2], 1);

    private static void Check<T>(ICommunicator ranks, int rows, int columns, int steps = 0) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var layer = new TwoMatrices<T>(rows, columns);
        var sgd = new SGD<T>(layer.Parameters, T.One);
        for (int step = 0; step < steps; step++)
        {
            sgd.Step();
        }

        SameTraining.Check(ranks, layer, sgd);
    }

    private static void Run(Action<ICommunicator> work) => ThreadRanks.Run(2, ranks =>
    {
        work(ranks);
        return 0;
    });

    private static string Refusal(Action<ICommunicator> work)
    {
        AggregateException all = Should.Throw<AggregateException>(() => Run(work));
        all.InnerExceptions.Count.ShouldBe(2);
        all.InnerExceptions.ShouldAllBe(exception => exception is InvalidOperationException);
        return all.InnerExceptions.Select(exception => exception.Message).Distinct().ShouldHaveSingleItem();
    }

    /// <summary>A layer whose name says nothing of its parameters.</summary>
    private sealed class TwoMatrices<T>(int rows, int columns) : Layer<T> where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly Parameter<T> _first = new(Matrices.Zeros<T>(rows, columns)), _second = new(Matrices.Zeros<T>(1, columns));

        public override string Name => "two matrices";

        protected override IReadOnlyList<NamedParameter<T>> OwnParameters => [new("first", _first), new("second", _second)];

        protected override Matrix<T> ForwardCore(Matrix<T> input, Cache<T> cache) => input;

        protected override Matrix<T>? BackwardCore(Matrix<T> upstream, Matrix<T> input, Matrix<T> output, bool isInputWanted, Cache<T> cache) => upstream;
    }
}
