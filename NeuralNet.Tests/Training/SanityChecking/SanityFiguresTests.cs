using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Layers;
using NeuralNet.Training.Losses;
using NeuralNet.Training.SanityChecking;

namespace NeuralNet.Tests.Training.SanityChecking;

/// <summary>Findings and advice where every figure is arithmetic: one weight w, one sample x, the loss <c>(w·x − t)²</c> with the gradient <c>2x·(w·x − t)</c>;
/// and the ends of each range, which belong to what is healthy.</summary>
internal sealed class SanityFiguresTests
{
    // w = 1, x = 1, t = 0: the loss is 1.
    [TestCase(2, 0.5, "")]
    [TestCase(2, 0.49, "below chance")]
    [TestCase(0.5, 1, "")]
    [TestCase(0.5, 0.99, "above chance")]
    [TestCase(1, 0, "")]
    public void InitialLoss_DeviationFromWhatIsExpected_IsToleratedUpToTheFraction(double expected, double tolerance, string advice)
    {
        SanityFinding finding = OneWeight(1, new SanityCheckOptions { ExpectedInitialLoss = expected, InitialLossTolerance = tolerance }).Findings[0];

        (finding.Check, finding.Figure).ShouldBe(("initial loss", 1));
        finding.Expected.ShouldBe(expected.ToString(System.Globalization.CultureInfo.InvariantCulture));
        finding.IsOk.ShouldBe(advice.Length == 0);
        Advises(finding.Advice, advice);
    }

    [TestCase(null)]
    [TestCase(1.0)]
    public void InitialLoss_NotFinite_PointsToTheData(double? expected)
    {
        SanityCheckReport report = OneWeight(double.NaN, new SanityCheckOptions { ExpectedInitialLoss = expected });

        report.Findings[0].IsOk.ShouldBeFalse();
        report.Findings[0].Advice.ShouldStartWith("the loss is not finite: look for infinities in the data");
        report.Findings[2].Check.ShouldBe("loss after overfitting");
        report.Findings[2].Figure.ShouldBe(double.PositiveInfinity);
        report.Passed.ShouldBeFalse();
    }

    // w = 2: λw² = 4λ above the loss of 4.
    [TestCase(0.5, 6, "")]
    [TestCase(0, 4, "the loss does not rise with regularisation: λ is 0")]
    public void Regularization_OfOneWeight_AddsItsSquare(double strength, double figure, string advice)
    {
        SanityFinding finding = OneWeight(2, new SanityCheckOptions { RegularizationStrength = strength }).Findings[1];

        (finding.Check, finding.Figure, finding.Expected).ShouldBe(
            ($"loss with λ = {strength.ToString(System.Globalization.CultureInfo.InvariantCulture)}", figure, "above 4"));
        finding.IsOk.ShouldBe(advice.Length == 0);
        Advises(finding.Advice, advice);
    }

    // η = 0.1, momentum 0.9, w = 1: v = 2, w = 0.8; v = 1.8 + 1.6 = 3.4, w = 0.46, w² = 0.2116 at the third loss. The other rates, a tenth, ten times (w = 1, −1,
    // −0.8) and a hundredth, end above it.
    [TestCase(0.1)]
    [TestCase(0.01)]
    public void Overfitting_ThreeSteps_GivesTheLowestLossOfFourRates(double learningRate)
    {
        SanityFinding finding = OneWeight(1, new SanityCheckOptions { LearningRate = learningRate, OverfitSteps = 3, OverfitFraction = 0.01 }).Findings[2];

        finding.Check.ShouldBe("loss after 3 steps at learning rate 0.1");
        finding.Figure.ShouldBe(0.2116, 1e-12);
        finding.Expected.ShouldBe("at most 0.01");
        finding.IsOk.ShouldBeFalse();
        finding.Advice.ShouldStartWith("a handful of samples cannot be learned by heart");
        finding.Advice.ShouldEndWith("do not go on to more data before this works");
    }

    // A rate ten times as large would get lower: to 0.2116, see above.
    [Test]
    public void Overfitting_GoalReached_TriesNoOtherRate()
    {
        SanityFinding finding = OneWeight(1, new SanityCheckOptions { LearningRate = 0.01, OverfitFraction = 0.5 }).Findings[2];

        finding.IsOk.ShouldBeTrue();
        finding.Check.ShouldEndWith(" steps at learning rate 0.01");
        finding.Figure.ShouldBeGreaterThan(0.2116);
    }

    [Test]
    public void Overfitting_GoalReachedAtTheStart_StopsThere()
    {
        SanityFinding finding = OneWeight(1, new SanityCheckOptions { OverfitFraction = 1 }).Findings[2];

        finding.ShouldBe(new SanityFinding("loss after 1 steps at learning rate 0.01", 1, "at most 1", true, ""));
    }

    // w = 1 − 2·10²⁰⁰ after one step, whose square is infinite.
    [Test]
    public void Overfitting_RateThatIsFarTooLarge_KeepsTheLowestLossBefore()
    {
        SanityFinding finding = OneWeight(1, new SanityCheckOptions { LearningRate = 1e200 }).Findings[2];

        (finding.Check, finding.Figure, finding.IsOk).ShouldBe(("loss after 1 steps at learning rate 1e+200", 1, false));
    }

    // η·2/1 against 1/100 and 1/100,000.
    [TestCase(0.005, "")]
    [TestCase(0.0051, "a step moves it by more than a hundredth")]
    [TestCase(5e-6, "")]
    [TestCase(4.9e-6, "a step hardly moves it")]
    public void Parameter_SizeOfAStep_IsHealthyFromAHundredThousandthToAHundredth(double learningRate, string advice)
    {
        SanityCheckReport report = OneWeight(1, new SanityCheckOptions { LearningRate = learningRate, OverfitSteps = 1 });

        Advises(report.Parameters.Single().Advice, advice);
        report.Advice.Any(line => line.StartsWith("weight: a step", StringComparison.Ordinal)).ShouldBe(advice.Length > 0);
    }

    [Test]
    public void Parameter_OfZeros_HasNoRatio()
    {
        ParameterStatistics weight = OneWeight(0, new SanityCheckOptions { OverfitSteps = 1 }, target: 1).Parameters.Single();

        (weight.Norm, weight.GradientNorm, weight.UpdateRatio, weight.Advice).ShouldBe((0, 2, null, ""));
    }

    // Outputs −a and a have the mean 0 and the deviation a.
    [TestCase(0.0099, "the activations hardly vary")]
    [TestCase(0.01, "")]
    [TestCase(0.0101, "")]
    [TestCase(100, "")]
    [TestCase(100.1, "the activations are very large")]
    public void Layer_Deviation_IsHealthyFromAHundredthToAHundred(double deviation, string advice)
    {
        SanityCheckReport report = SanityCheck.Run(
            new Linear<double>(Matrix<double>.Build.Dense(1, 1, 1)), new MeanSquaredError<double>(), Matrix<double>.Build.Dense(2, 1, [-deviation, deviation]),
            Matrix<double>.Build.Dense(2, 1), new SanityCheckOptions { OverfitSteps = 1 });

        LayerStatistics layer = report.Layers.Single();
        layer.Mean.ShouldBe(0);
        layer.Deviation.ShouldBe(deviation, 1e-12);
        Advises(layer.Advice, advice);
        report.Advice.Any(line => line.StartsWith(" Linear(1 → 1, no bias): the activations", StringComparison.Ordinal)).ShouldBe(advice.Length > 0);
    }

    // Weights of −1 make a ReLU dead for positive inputs, of which the others give 1 and 3.
    [TestCase(2, "")]
    [TestCase(3, "60% of the ReLUs are 0 for every sample")]
    public void Layer_DeadReLUs_AreHealthyUpToTwoFifths(int dead, string advice)
    {
        Matrix<double> weight = Matrix<double>.Build.Dense(1, 5, (_, j) => j < dead ? -1 : 1);
        var network = new Sequential<double>(new Linear<double>(weight), new ReLU<double>());

        LayerStatistics relu = SanityCheck.Run(
            network, new MeanSquaredError<double>(), Matrix<double>.Build.Dense(2, 1, [1, 3]), Matrix<double>.Build.Dense(2, 5),
            new SanityCheckOptions { OverfitSteps = 1 }).Layers[1];

        relu.DeadShare.ShouldBe(dead / 5.0);
        Advises(relu.Advice, advice);
    }

    [Test]
    public void ToString_SharesAndFigures_AreShort()
    {
        Matrix<double> weight = Matrix<double>.Build.Dense(1, 5, (_, j) => j < 3 ? -1 : 1);
        string report = SanityCheck.Run(
            new Sequential<double>(new Linear<double>(weight), new ReLU<double>()), new SumSquaredError<double>(), Matrix<double>.Build.Dense(2, 1, [1, 3]),
            Matrix<double>.Build.Dense(2, 5), new SanityCheckOptions { OverfitSteps = 1 }).ToString();

        // Outputs 1, 3, 1, 3 and six zeros: mean 0.8, variance 20/10 − 0.64 = 1.36.
        report.Split('\n').Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))).ShouldContain("1 ReLU 0.8 1.166 60.0%");
    }

    [Test]
    public void ToString_WeightOfZeros_HasNoRatio() =>
        OneWeight(0, new SanityCheckOptions { OverfitSteps = 1 }, target: 1).ToString().Split('\n')
            .Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))).ShouldContain("weight 0 2");

    [Test]
    public void Layers_PartThatDidNotRun_IsLeftOut()
    {
        var network = new FirstOfTwo(new Linear<double>(Matrix<double>.Build.Dense(1, 1, 1)), new Sigmoid<double>());

        SanityCheck.Run(
            network, new SumSquaredError<double>(), Matrix<double>.Build.Dense(1, 1, 1), Matrix<double>.Build.Dense(1, 1),
            new SanityCheckOptions { OverfitSteps = 1 }).Layers.Single().Position.ShouldBe("first");
    }

    // tanh(±10) is beyond ±0.995, tanh of 0.1, 0.2 and 0.3 is not: three of six, none of the three beyond it on one side as many as on the other.
    [Test]
    public void Layer_SaturatedTanhs_AreCountedOnEitherSide()
    {
        var network = new Sequential<double>(new Linear<double>(Matrix<double>.Build.Dense(1, 6, [10, 10, -10, 0.1, 0.2, 0.3])), new Tanh<double>());

        SanityCheck.Run(
            network, new MeanSquaredError<double>(), Matrix<double>.Build.Dense(1, 1, 1), Matrix<double>.Build.Dense(1, 6),
            new SanityCheckOptions { OverfitSteps = 1 }).Layers[1].SaturatedShare.ShouldBe(0.5);
    }

    // σ(±10) is within 0.0001 of 0 or 1, σ(±1) is 0.27 and 0.73.
    [TestCase(2, "")]
    [TestCase(3, "75% of the outputs are saturated")]
    public void Layer_SaturatedSigmoids_AreHealthyUpToAHalf(int saturated, string advice)
    {
        Matrix<double> weight = Matrix<double>.Build.Dense(1, 4, (_, j) => j < saturated ? 10 : 1);
        var network = new Sequential<double>(new Linear<double>(weight), new Sigmoid<double>());

        LayerStatistics sigmoid = SanityCheck.Run(
            network, new MeanSquaredError<double>(), Matrix<double>.Build.Dense(2, 1, [-1, 1]), Matrix<double>.Build.Dense(2, 4),
            new SanityCheckOptions { OverfitSteps = 1 }).Layers[1];

        sigmoid.SaturatedShare.ShouldBe(saturated / 4.0);
        Advises(sigmoid.Advice, advice);
    }

    [Test]
    public void Run_GateMissing_IsRefusedByName()
    {
        var network = new Linear<double>(Matrix<double>.Build.Dense(1, 1, 1));
        var loss = new MeanSquaredError<double>();
        Matrix<double> one = Matrix<double>.Build.Dense(1, 1);

        Should.Throw<ArgumentNullException>(() => SanityCheck.Run(null!, loss, one, one)).ParamName.ShouldBe("network");
        Should.Throw<ArgumentNullException>(() => SanityCheck.Run<double, Matrix<double>>(network, null!, one, one)).ParamName.ShouldBe("loss");
        Should.Throw<ArgumentNullException>(() => SanityCheck.Run(network, loss, null!, one)).ParamName.ShouldBe("input");
    }

    // Two columns of numbers at most are known by hand, so the lines are compared word by word.
    [Test]
    public void ToString_OfOneWeight_ShowsFindingsLayersParametersAndAdvice()
    {
        string report = OneWeight(2, new SanityCheckOptions { ExpectedInitialLoss = 4, LearningRate = 0.1, OverfitFraction = 1 }).ToString();

        report.Split('\n').Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))).Where(line => line.Length > 0).ShouldBe(
        [
            "Sanity check of Linear(1 → 1, no bias): passed",
            "check figure expected",
            "initial loss 4 4 ok",
            "loss with λ = 0.1 4.4 above 4 ok",
            "loss after 1 steps at learning rate 0.1 4 at most 4 ok",
            "learning rate 0.1 4 at most 8 in 10 steps ok",
            "layer mean deviation dead saturated",
            "Linear(1 → 1, no bias) 2 0",
            "parameter norm gradient norm update/weight",
            "weight 2 4 2.0e-1",
            "→ Linear(1 → 1, no bias): the activations hardly vary: larger initial weights (Glorot, He), or inputs of deviation 1",
            "→ weight: a step moves it by more than a hundredth: a smaller learning rate (about 1e-3 of its size is healthy)",
        ]);
    }

    [Test]
    public void ToString_CheckThatFailed_SaysSoAboveAndInItsLine()
    {
        string[] lines = OneWeight(1, new SanityCheckOptions { ExpectedInitialLoss = 9 }).ToString().Split('\n');

        lines[0].ShouldEndWith(": FAILED");
        lines.Single(line => line.TrimStart().StartsWith("initial loss ", StringComparison.Ordinal)).TrimEnd().ShouldEndWith("NOT OK");
        lines.ShouldContain(line => line.StartsWith("  → initial loss: below chance", StringComparison.Ordinal));
    }

    private static void Advises(string actual, string expected)
    {
        if (expected.Length == 0)
        {
            actual.ShouldBeEmpty();
        }
        else
        {
            actual.ShouldStartWith(expected);
        }
    }

    private static SanityCheckReport OneWeight(double weight, SanityCheckOptions options, double target = 0) => SanityCheck.Run(
        new Linear<double>(Matrix<double>.Build.Dense(1, 1, weight)), new SumSquaredError<double>(), Matrix<double>.Build.Dense(1, 1, 1),
        Matrix<double>.Build.Dense(1, 1, target), options);

    /// <summary>A container that leaves out its second part.</summary>
    private sealed class FirstOfTwo(Layer<double> first, Layer<double> second) : Layer<double>
    {
        public override IReadOnlyList<NamedGate<double>> Children => [new("first", first), new("second", second)];

        protected override Matrix<double> ForwardCore(Matrix<double> input, Cache<double> cache) => first.Forward(input, cache[0]);

        protected override Matrix<double>? BackwardCore(
            Matrix<double> upstream, Matrix<double> input, Matrix<double> output, bool isInputWanted, Cache<double> cache) => first.Backward(upstream, cache[0]);
    }
}
