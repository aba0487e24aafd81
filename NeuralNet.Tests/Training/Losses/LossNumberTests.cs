using NeuralNet.Core;
using NeuralNet.Training.Losses;

namespace NeuralNet.Tests.Training.Losses;

/// <summary>Which number of a target or of weights is refused, and what a loss divides by.</summary>
internal sealed class LossNumberTests
{
    private static readonly Matrix<double> Prediction = Matrices.FromRows<double>([0, 0], [0, 0]);

    // Zeros before the wrong number are right.
    [Test]
    public void Forward_TargetBeyondOne_NamesItsPlaceBehindZeros()
    {
        var loss = new BinaryCrossEntropy<double>();
        Should.Throw<ArgumentOutOfRangeException>(() => loss.Forward(Prediction, Matrices.FromRows<double>([0, 0], [1, 2]))).Message
            .ShouldStartWith($"{loss} expects a target of numbers from 0 to 1; that of sample 1 in column 1 is 2.");
    }

    [Test]
    public void Forward_WeightBelowZero_NamesItsPlaceBehindZeros()
    {
        var loss = new MeanSquaredError<double>();
        Should.Throw<ArgumentOutOfRangeException>(() => loss.Forward(Prediction, Prediction.Clone(), Matrices.FromRows<double>([0], [-1]), new Cache<double>())).Message
            .ShouldStartWith($"{loss} expects weights that are finite numbers, 0 or more; that of sample 1 in column 0 is -1.");
    }

    [TestCase(0, "")]
    [TestCase(3, "")]
    [TestCase(4, " Where each position has a label, tell the loss how many there are: positions: 2.")]
    public void Forward_OtherNumberOfLabels_AdvisesWhereTheyAreWholePositions(int labels, string advice)
    {
        var loss = new SoftmaxCrossEntropy<double>();
        Should.Throw<ArgumentException>(() => loss.Forward(Prediction, new int[labels])).Message
            .ShouldBe($"{loss} expects a label for each of the 2 samples of [2×2], got {labels}.{advice} (Parameter 'target')");
    }

    // A mean over classes of the weights 1 and 3 is divided by what its labels count: 1 + 3 + 3.
    [Test]
    public void OwnDivisor_ClassesThatCountDifferently_IsWhatTheLabelsCount()
    {
        Divisor(new SoftmaxCrossEntropy<double>(classWeights: [1, 3])).ShouldBe(7);
        Divisor(new SoftmaxCrossEntropy<double>(classWeights: [1, 3], reduction: Reduction.Sum)).ShouldBeNull();
        Divisor(new SoftmaxCrossEntropy<double>()).ShouldBeNull();
        Divisor(new SoftmaxCrossEntropy<double>(reduction: Reduction.Sum)).ShouldBeNull();
    }

    [Test]
    public void IsSum_OfALoss_IsItsReduction()
    {
        new SoftmaxCrossEntropy<double>(reduction: Reduction.Sum).IsSum.ShouldBeTrue();
        new SoftmaxCrossEntropy<double>().IsSum.ShouldBeFalse();
    }

    // Smoothed labels of classes that count differently are no shares of 1 any more.
    [TestCase(0, false, Reduction.Mean, true)]
    [TestCase(0.1, false, Reduction.Mean, true)]
    [TestCase(0, true, Reduction.Mean, true)]
    [TestCase(0.1, true, Reduction.Mean, false)]
    [TestCase(0, false, Reduction.Sum, false)]
    [TestCase(0.1, true, Reduction.Sum, false)]
    public void IsLogOfClassesAtChance_OfEachSetting_HoldsForMeans(double smoothing, bool hasWeights, Reduction reduction, bool expected) =>
        new SoftmaxCrossEntropy<double>(smoothing, hasWeights ? [1, 3] : null, reduction: reduction).IsLogOfClassesAtChance.ShouldBe(expected);

    [Test]
    public void Checks_OfALossOfOnesOwn_NameAMissingTarget()
    {
        Should.Throw<ArgumentNullException>(() => new Open().Fractions(null!)).ParamName.ShouldBe("target");
        Should.Throw<ArgumentNullException>(() => new Open().Sums(null!, new Cache<double>())).ParamName.ShouldBe("target");
        Should.Throw<ArgumentNullException>(() => new Open().Sums(Prediction, null!)).ParamName.ShouldBe("cache");
    }

    private static double? Divisor(SoftmaxCrossEntropy<double> loss)
    {
        var cache = new Cache<double>();
        loss.Forward(Matrices.FromRows<double>([0, 0], [0, 0], [0, 0]), new[] { 0, 1, 1 }, cache);
        return loss.OwnDivisor(cache);
    }

    /// <summary>A loss that lets its checks be called.</summary>
    private sealed class Open() : DistributionLoss<double>(Reduction.Mean)
    {
        public void Fractions(Matrix<double> target) => CheckFractions(target);

        public void Sums(Matrix<double> target, Cache<double> cache) => CheckSums(target, cache);

        public override string ToString() => "Open";

        protected override void Losses(Matrix<double> prediction, Matrix<double> target, Matrix<double> slopes, Span<double> losses, Cache<double> cache) => losses.Clear();
    }
}
