using NeuralNet.Core.Functions;
using NeuralNet.Core.Initializers;
using NeuralNet.Layers;
using NeuralNet.Tests.Support;
using NeuralNet.Training.Losses;
using NeuralNet.Training.SanityChecking;

namespace NeuralNet.Tests.Training.SanityChecking;

public sealed class SanityCheckTests
{
    private const int Samples = 20;
    private const int Classes = 10;

    private static readonly Matrix<float> Input = Some.Matrix<float>(Samples, 30);
    private static readonly ReadOnlyMemory<int> Labels = Some.Labels(Samples, Classes);

    [Test]
    public void Run_HealthyNetwork_Passes()
    {
        SanityCheckReport report = Run(Network(new Normal(0.1)), new SanityCheckOptions { LearningRate = 0.05 });

        report.Passed.ShouldBeTrue(report.ToString());
        report.Advice.ShouldBeEmpty();
        report.Findings.Select(finding => finding.Check.Split(' ')[0]).ShouldBe(["initial", "loss", "loss", "learning"]);
        report.Layers.Select(layer => layer.Position).ShouldBe(["0", "1", "2"]);
        report.Parameters.Select(parameter => parameter.Name).ShouldBe(["0.weight", "0.bias", "2.weight", "2.bias"]);
        report.ToString().ShouldContain("2.303 = −log(1/10)");
    }

    [Test]
    public void Run_Always_RestoresParametersAndClearsGradients()
    {
        Sequential<float> network = Network(new Normal(0.1));
        Matrix<float>[] before = [.. network.Parameters.Select(p => p.Parameter.Value.Clone())];

        Run(network);

        network.Parameters.Select(p => p.Parameter.Value).ShouldBe(before);
        network.Parameters.ShouldAllBe(p => p.Parameter.IsGradientZero);
    }

    [Test]
    public void Run_LargeWeights_InitialLossIsAboveChance()
    {
        SanityCheckReport report = Run(Network(new Normal(5)));

        report.Passed.ShouldBeFalse();
        report.Findings[0].Figure.ShouldBeGreaterThan(10);
        report.Findings[0].Advice.ShouldStartWith("above chance");
        report.Advice.ShouldContain(line => line.Contains("activations are very large"));
    }

    [Test]
    public void Run_ZeroWeights_DoesNotRiseWithRegularizationAndCannotBeOverfitted()
    {
        SanityCheckReport report = Run(Network(new Constant(0)));

        report.Findings[0].Figure.ShouldBe(Math.Log(10), 1e-6);
        report.Findings[1].IsOk.ShouldBeFalse();
        report.Findings[1].Advice.ShouldContain("all weights are zero");
        report.Findings[2].IsOk.ShouldBeFalse();
        report.Advice.ShouldContain(line => line.StartsWith("0.weight: no gradient arrives", StringComparison.Ordinal));
    }

    // Equal inputs with different labels: nothing can tell them apart.
    [Test]
    public void Run_ContradictingSamples_CannotBeOverfitted()
    {
        SanityCheckReport report = SanityCheck.Run(
            Network(new Normal(0.1)), new SoftmaxCrossEntropy<float>(), Matrix<float>.Build.Dense(Samples, 30, 0.5f), Labels);

        report.Findings[2].IsOk.ShouldBeFalse();
        report.Findings[2].Advice.ShouldContain("equal inputs have equal targets");
    }

    [Test]
    public void Run_NegativeBias_CountsDeadReLUs()
    {
        Matrix<float> bias = Matrix<float>.Build.Dense(1, 40, (_, j) => j < 30 ? -100 : 0);
        var network = new Sequential<float>(
            new Linear<float>(0.1f * Some.Matrix<float>(30, 40), bias), new ReLU<float>(), new Linear<float>(40, Classes, new Random(2)));

        LayerStatistics relu = Run(network).Layers[1];

        relu.DeadShare.ShouldBe(0.75);
        relu.SaturatedShare.ShouldBeNull();
        relu.Advice.ShouldStartWith("75% of the ReLUs are 0 for every sample");
    }

    // Of the biases ±10 and 0 with weights near 0 the first two saturate: σ(10) > 0.99, σ(−10) < 0.01.
    [Test]
    public void Run_LargeBias_CountsSaturatedSigmoids()
    {
        Matrix<float> bias = Matrix<float>.Build.DenseOfArray(new[,] { { 10f, -10, 0 } });
        var network = new Sequential<float>(
            new Sequential<float>(new Linear<float>(0.01f * Some.Matrix<float>(30, 3), bias), new Sigmoid<float>()),
            new Linear<float>(3, Classes, new Random(2)));

        LayerStatistics sigmoid = Run(network).Layers[1];

        sigmoid.Position.ShouldBe("0.1");
        sigmoid.SaturatedShare!.Value.ShouldBe(2.0 / 3, 1e-12);
        sigmoid.Advice.ShouldStartWith("67% of the outputs are saturated");
    }

    // tanh(±10) is beyond ±0.995, tanh(0.1) = 0.0997 is not.
    [Test]
    public void Run_LargeBias_CountsSaturatedTanhs()
    {
        Matrix<float> bias = Matrix<float>.Build.DenseOfArray(new[,] { { 10f, -10, 0.1f } });
        var network = new Sequential<float>(
            new Linear<float>(0.01f * Some.Matrix<float>(30, 3), bias), new Tanh<float>(), new Linear<float>(3, Classes, new Random(2)));

        Run(network).Layers[1].SaturatedShare!.Value.ShouldBe(2.0 / 3, 1e-12);
    }

    // Y = X·W with X = [1; 3], W = [2]: outputs 2 and 6, mean 4, deviation 2. L = Σ(Y − 0)² = 40, dW = Σ 2·Y·X = 40; η·40/2 = 0.2 for η = 0.01.
    [Test]
    public void Run_OneWeight_FiguresAreThoseByHand()
    {
        var network = new Linear<double>(Matrix<double>.Build.Dense(1, 1, 2));
        Matrix<double> input = Matrix<double>.Build.DenseOfArray(new[,] { { 1.0 }, { 3 } });

        SanityCheckReport report = SanityCheck.Run(
            network, new SumSquaredError<double>(), input, Matrix<double>.Build.Dense(2, 1), new SanityCheckOptions { ExpectedInitialLoss = 40 });

        report.Passed.ShouldBeTrue(report.ToString());
        report.Findings[0].Figure.ShouldBe(40);
        report.Findings[1].Figure.ShouldBe(40.4, 1e-12);
        report.Layers.Single().ShouldBe(new LayerStatistics("", "Linear(1 → 1, no bias)", 4, 2, null, null, ""));
        ParameterStatistics weight = report.Parameters.Single();
        (weight.Norm, weight.GradientNorm).ShouldBe((2, 40));
        weight.UpdateRatio!.Value.ShouldBe(0.2, 1e-12);
        weight.Advice.ShouldContain("more than a hundredth");
    }

    [Test]
    public void Run_UnknownLoss_GivesNoVerdictOnTheStart()
    {
        SanityCheckReport report = SanityCheck.Run(
            new Linear<double>(3, 2, new Random(1)), new MeanSquaredError<double>(), Some.Matrix<double>(3, 3), Some.Matrix<double>(3, 2, 2),
            new SanityCheckOptions { LearningRate = 0.1 });

        report.Findings[0].Expected.ShouldBe("not known for this loss");
        report.Findings[0].IsOk.ShouldBeTrue();
        report.Findings[0].Advice.ShouldBeEmpty();
    }

    [Test]
    public void Run_NoParameters_IsRefused() => Should.Throw<ArgumentException>(() => SanityCheck.Run(
        new ReLU<double>(), new MeanSquaredError<double>(), Some.Matrix<double>(3, 3), Some.Matrix<double>(3, 3, 2))).Message.ShouldStartWith("ReLU has no parameters to train.");

    [Test]
    public void Options_OutOfRange_AreRefused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new SanityCheckOptions { OverfitSteps = 0 });
        Should.Throw<ArgumentOutOfRangeException>(() => new SanityCheckOptions { OverfitFraction = 2 });
        Should.Throw<ArgumentOutOfRangeException>(() => new SanityCheckOptions { LearningRate = -1 });
        Should.Throw<ArgumentOutOfRangeException>(() => new SanityCheckOptions { RegularizationStrength = double.NaN });
        Should.Throw<ArgumentOutOfRangeException>(() => new SanityCheckOptions { InitialLossTolerance = -1 });
    }

    private static SanityCheckReport Run(Sequential<float> network, SanityCheckOptions? options = null) =>
        SanityCheck.Run(network, new SoftmaxCrossEntropy<float>(), Input, Labels, options);

    private static Sequential<float> Network(Initializer initializer) => new(
        new Linear<float>(30, 40, new Random(1), initializer), new ReLU<float>(), new Linear<float>(40, Classes, new Random(2), initializer));
}
