using NeuralNet.Core;
using NeuralNet.Layers;
using NeuralNet.Tests.Support;
using NeuralNet.Training.Losses;
using NeuralNet.Training.SanityChecking;

namespace NeuralNet.Tests.Training.SanityChecking;

/// <summary>What descents tell of the learning rate and of the gradient, where each step is arithmetic: one weight w, the loss w² with the gradient 2w, so that a step of plain
/// descent is <c>w ← (1 − 2η)·w</c>.</summary>
internal sealed class DescentTests
{
    // η = 1: w = 1, −1, 1 … With momentum 0.9 the squares of w are 1, 1, 0.64, 0.96 and 0.387; at a tenth of the rate w = 1, 0.8, 0.46, 0.062.
    [Test]
    public void LearningRate_LossThatStaysWhereASmallerRateLearns_IsTooLarge() =>
        Rate(1, steps: 5, fraction: 0.01).ShouldBe(new SanityFinding(
            "learning rate 1", 1, "at most 2 in 10 steps", false, "too large: the loss does not halve in 5 steps, and at 0.1 the samples are learned"));

    // η = 0.9: w = 1, −0.8, 0.64, whose square is 0.41. With momentum the least of five squares is 0.387, at a tenth of the rate w = 0.14 in the fourth step.
    [Test]
    public void LearningRate_LossThatHalves_IsHealthy() => Rate(0.9, steps: 5, fraction: 0.02).ShouldBe(new SanityFinding("learning rate 0.9", 1, "at most 2 in 10 steps", true, ""));

    // η = 1.5: w doubles, and the tenth loss is 4⁹ = 262,144. With momentum w = 1, −2, 1.3, 0.37, −1.58; at a tenth of the rate w = 1, 0.7, 0.22.
    [TestCase(0.05, ", and at 0.15 the samples are learned")]
    [TestCase(1e-6, ", try a tenth of it, or less")]
    public void LearningRate_LossThatRises_IsTooLarge(double fraction, string remedy) => Rate(1.5, steps: 5, fraction).ShouldBe(new SanityFinding(
        "learning rate 1.5", 262_144, "at most 2 in 10 steps", false, $"too large: within 10 steps the loss goes from 1 to 2.621e+05{remedy}"));

    [Test]
    public void LearningRate_NothingToLearn_IsNotJudged() => Run(0, new SanityCheckOptions { LearningRate = 1, OverfitSteps = 1 }).Findings.Count(finding => finding.Check.StartsWith("learning rate", StringComparison.Ordinal)).ShouldBe(0);

    private static readonly SanityFinding s_wrong = new(
        "fall of the loss over what the gradient says", 0, "about 1 for a small step", false,
        "a small step against the gradient does not lower the loss: the gradient is wrong. GradientCheck.Network says where");

    // The loss 99² rises by what it should fall; a step for a hundredth of it is 0.495, far below a tenth of the weight.
    [Test]
    public void Direction_GradientOfTheWrongSign_IsNamedAlsoOfALargeWeight()
    {
        SanityFinding finding = Direction(new Turned(99), 1, 0).ShouldHaveSingleItem();
        finding.Figure.ShouldBe(-1, 0.01);
        (finding with { Figure = 0 }).ShouldBe(s_wrong);
    }

    [Test]
    public void Direction_RightGradient_IsNone() => Direction(One(99), 1, 0).ShouldBeEmpty();

    // The loss is 2⁻⁵⁶ and the gradient 2⁻²⁷: a step for a hundredth of it is 2⁻²⁹/100, less than half of the 2⁻³² that numbers around 2²⁰ are apart.
    [Test]
    public void Direction_StepsThatVanishInTheWeight_AreNotTried() => Direction(One(1 << 20), 1, (1 << 20) - Math.ScaleB(1, -28)).ShouldBeEmpty();

    // In training a batch norm changes its means with each pass; a loss of 0 ends the check before any step.
    [TestCase(1)]
    [TestCase(0)]
    public void Direction_NetworkWithStates_PutsThemBack(double weight)
    {
        var norm = new BatchNorm<double>(3);
        var network = new Sequential<double>(norm, new Linear<double>(Matrix<double>.Build.Dense(3, 1, weight)));
        var pass = new TrainingPass<double, Matrix<double>>(network, new SumSquaredError<double>(), Some.Matrix<double>(5, 3), Matrix<double>.Build.Dense(5, 1));
        pass.Run();
        Matrix<double> output = pass.Output.Clone();
        Matrix<double>[] before = [.. network.States.Select(named => named.Value.Clone()), .. network.Parameters.Select(named => named.Parameter.Value.Clone())];
        GradientChecks.Direction(pass).ShouldBeEmpty();
        pass.Output.ShouldBe(output);
        network.States.Select(named => named.Value).Concat(network.Parameters.Select(named => named.Parameter.Value)).ShouldBe(before);
    }

    // With one class there is nothing to choose, and no deviation.
    [Test]
    public void ChanceBand_OneClass_IsANumberWithoutDeviation() =>
        ChanceBand.Of(Matrices.FromRows<double>([3], [5]), [0, 0], new SoftmaxCrossEntropy<double>()).ShouldBe(new ChanceBand(0, 0, 0));

    private static SanityFinding Rate(double rate, int steps, double fraction) =>
        Run(1, new SanityCheckOptions { LearningRate = rate, OverfitSteps = steps, OverfitFraction = fraction }).Findings.Single(finding => finding.Check.StartsWith("learning rate", StringComparison.Ordinal));

    private static SanityCheckReport Run(double weight, SanityCheckOptions options) =>
        SanityCheck.Run(One(weight), new SumSquaredError<double>(), Matrix<double>.Build.Dense(1, 1, 1), Matrix<double>.Build.Dense(1, 1), options);

    private static SanityFinding[] Direction(Layer<double> network, double input, double target) =>
    [
        .. GradientChecks.Direction(new TrainingPass<double, Matrix<double>>(
            network, new SumSquaredError<double>(), Matrix<double>.Build.Dense(1, 1, input), Matrix<double>.Build.Dense(1, 1, target))),
    ];

    private static Linear<double> One(double weight) => new(Matrix<double>.Build.Dense(1, 1, weight));

    /// <summary>One weight whose gradient has the wrong sign.</summary>
    private sealed class Turned(double start) : Layer<double>
    {
        private readonly Parameter<double> _weight = new(Matrix<double>.Build.Dense(1, 1, start));

        protected override IReadOnlyList<NamedParameter<double>> OwnParameters => [new("weight", _weight)];

        protected override Matrix<double> ForwardCore(Matrix<double> input, Cache<double> cache) => input * _weight.Value;

        protected override Matrix<double>? BackwardCore(Matrix<double> upstream, Matrix<double> input, Matrix<double> output, bool isInputWanted, Cache<double> cache)
        {
            _weight.AddToGradient(-input.TransposeThisAndMultiply(upstream));
            return upstream;
        }
    }
}
