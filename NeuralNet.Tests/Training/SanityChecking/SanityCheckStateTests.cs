using NeuralNet.Core;
using NeuralNet.Core.Graphs;
using NeuralNet.Layers;
using NeuralNet.Tests.Support;
using NeuralNet.Training.Losses;
using NeuralNet.Training.SanityChecking;

namespace NeuralNet.Tests.Training.SanityChecking;

/// <summary>A check leaves the network as it was, also where it fails, and takes gates of all kinds.</summary>
internal sealed class SanityCheckStateTests
{
    private static readonly SanityCheckOptions FewSteps = new() { OverfitSteps = 3 };

    [Test]
    public void Run_NetworkWithStates_RestoresThem()
    {
        var norm = new BatchNorm<double>(3);
        var network = new Sequential<double>(norm, new Linear<double>(3, 2, new Random(1)));
        Matrix<double> mean = norm.RunningMean.Clone(), variance = norm.RunningVariance.Clone();

        SanityCheck.Run(network, new MeanSquaredError<double>(), Some.Matrix<double>(5, 3), Some.Matrix<double>(5, 2, seed: 2), FewSteps);

        norm.RunningMean.ShouldBe(mean);
        norm.RunningVariance.ShouldBe(variance);
    }

    [Test]
    public void Run_LayerThatFailsAfterAFewPasses_RestoresTheParameters()
    {
        var linear = new Linear<double>(3, 2, new Random(1));
        Matrix<double> before = linear.Weight.Value.Clone();
        var network = new Sequential<double>(linear, new FailingLater(passes: 4));

        Should.Throw<NotSupportedException>(() => SanityCheck.Run(
            network, new MeanSquaredError<double>(), Some.Matrix<double>(5, 3), Some.Matrix<double>(5, 2, seed: 2), FewSteps));

        linear.Weight.Value.ShouldBe(before);
        linear.Weight.IsGradientZero.ShouldBeTrue();
    }

    [Test]
    public void Run_GraphAsANetwork_ReportsItsNodes()
    {
        var graph = new Graph<double>();
        Node<double> x = graph.Variable("x", Matrix<double>.Build.Dense(1, 3));
        Node<double> scores = graph.Apply(new Linear<double>(3, 2, new Random(1)), x).Named("scores");

        SanityCheckReport report = SanityCheck.Run(
            new GraphLayer<double>(x, scores), new MeanSquaredError<double>(), Some.Matrix<double>(5, 3), Some.Matrix<double>(5, 2, seed: 2), FewSteps);

        report.Layers.Select(layer => layer.Position).ShouldBe(["scores"]);
    }

    [Test]
    public void Run_NoSamples_IsRefused() =>
        Should.Throw<ArgumentException>(() => SanityCheck.Run(
            new Linear<double>(3, 2, new Random(1)), new MeanSquaredError<double>(), Matrix<double>.Build.Dense(0, 3), Matrix<double>.Build.Dense(0, 2)))
            .Message.ShouldContain("needs a handful of samples, got [0×3]");

    private sealed class FailingLater(int passes) : Layer<double>
    {
        private int _passes;

        protected override Matrix<double> ForwardCore(Matrix<double> input, Cache<double> cache) =>
            _passes++ < passes ? input : throw new NotSupportedException("no more");

        protected override Matrix<double>? BackwardCore(
            Matrix<double> upstream, Matrix<double> input, Matrix<double> output, bool isInputWanted, Cache<double> cache) => upstream;
    }
}
