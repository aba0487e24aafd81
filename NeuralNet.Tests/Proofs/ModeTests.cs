using NeuralNet.Core;
using NeuralNet.Core.Differentiation;
using NeuralNet.Core.Functions;
using NeuralNet.Core.GradientChecking;
using NeuralNet.Core.Graphs;
using NeuralNet.Core.Randomness;
using NeuralNet.Layers;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Proofs;

/// <summary>A network with dropout and batch normalisation: what differs between training and evaluation, with gradients in both.</summary>
internal sealed class ModeTests
{
    private static readonly string[] Variables =
    [
        "input", "0.weight", "0.bias", "norm.weight", "norm.bias", "4.weight", "4.bias", "5.weight", "5.bias",
    ];

    [Test]
    public void Backward_Training_IsGoodAndLeavesStatesAndGenerators()
    {
        Sequential<double> network = TrainedNetwork();
        string before = StateOf(network);
        GradientCheck.Gate(network, Some.Matrix<double>(7, 2)).ShouldBeGood(Variables);
        StateOf(network).ShouldBe(before);
    }

    [Test]
    public void Backward_Evaluation_IsGood() =>
        GradientCheck.Function(DifferentiableFunction<double>.OfGate(TrainedNetwork(), [Some.Matrix<double>(7, 2)], Evaluation())).ShouldBeGood(Variables);

    [Test]
    public void Graph_Training_IsGoodAndLeavesStatesAndGenerators()
    {
        Sequential<double> network = TrainedNetwork();
        string before = StateOf(network);
        var graph = new Graph<double>();
        GradientCheck.Graph(graph.Apply(network, graph.Variable("input", Some.Matrix<double>(7, 2))).Named("y")).ShouldBeGood(
            [.. Variables.Select(name => name == "input" ? name : $"y.{name}")]);
        StateOf(network).ShouldBe(before);
    }

    // In evaluation samples do not see each other; in training they do, through the statistics of the batch.
    [TestCase(true)]
    [TestCase(false)]
    public void Backward_UpstreamOfOneSample_ReachesOthersInTrainingOnly(bool training)
    {
        var norm = new BatchNorm<double>(2);
        norm.Forward(Some.Matrix<double>(5, 2), new Cache<double>());
        var cache = new Cache<double>(training, keeps: true);
        norm.Forward(Some.Matrix<double>(5, 2, 4), cache);
        Matrix<double> upstream = Matrix<double>.Build.Dense(5, 2);
        upstream[1, 0] = upstream[1, 1] = 1;
        Matrix<double> saliency = norm.Backward(upstream, cache);
        for (int sample = 0; sample < 5; sample++)
        {
            (saliency.Row(sample).L2Norm() > 0.01).ShouldBe(training || sample == 1);
        }
    }

    // Arithmetic: the columns (1, 3) and (2, 8) have the means 2 and 5 and, divided by one less than two, the variances 2 and 18, of which the running ones
    // take a tenth, beside nine tenths of 0 and 1.
    [TestCase(true)]
    [TestCase(false)]
    public void Forward_Training_MovesRunningStatistics(bool keeps)
    {
        var norm = new BatchNorm<double>(2);
        norm.Forward(Matrix<double>.Build.DenseOfArray(new double[,] { { 1, 2 }, { 3, 8 } }), new Cache<double>(training: true, keeps));
        norm.RunningMean[0, 0].ShouldBe(0.2, 1e-15);
        norm.RunningMean[0, 1].ShouldBe(0.5, 1e-15);
        norm.RunningVariance[0, 0].ShouldBe(1.1, 1e-15);
        norm.RunningVariance[0, 1].ShouldBe(2.7, 1e-15);
    }

    [Test]
    public void Backward_TrainingThatKeepsNothing_IsRefused()
    {
        var norm = new BatchNorm<double>(2);
        var cache = new Cache<double>(training: true, keeps: false);
        Matrix<double> y = norm.Forward(Some.Matrix<double>(3, 2), cache);
        Should.Throw<InvalidOperationException>(() => norm.Backward(y, cache)).Message.ShouldContain("BatchNorm(2, ");
    }

    [TestCase(false)]
    [TestCase(true)]
    public void Forward_Evaluation_UsesAndLeavesStatesAndGenerators(bool keeps)
    {
        Sequential<double> network = TrainedNetwork();
        string before = StateOf(network);
        Matrix<double> x = Some.Matrix<double>(7, 2);
        double[] all = network.Forward(x, new Cache<double>(training: false, keeps)).AsSpan().ToArray();
        StateOf(network).ShouldBe(before);
        Matrix<double> alone = network.Forward(x.SubMatrix(2, 1, 0, 2), new Cache<double>(training: false, keeps));
        alone[0, 1].ShouldBe(all[(1 * 7) + 2], 1e-14);
    }

    /// <summary>A network whose states and generators are not as they began.</summary>
    internal static Sequential<double> TrainedNetwork()
    {
        var random = new Random(5);
        var network = new Sequential<double>(
            new Linear<double>(2, 5, random),
            ("norm", new BatchNorm<double>(5)),
            new Tanh<double>(),
            ("drop", new Dropout<double>(0.3, new Philox(11))),
            new Linear<double>(5, 3, random),
            new BatchNorm<double>(3),
            new Dropout<double>(0.2, new Philox(12)));
        network.Forward(Some.Matrix<double>(6, 2, 8), new Cache<double>());
        return network;
    }

    internal static string StateOf(Gate<double> gate) => string.Join(
        '\n',
        gate.States.Select(state => $"{state.Name}: {string.Join(' ', state.Value.AsSpan().ToArray())}")
            .Concat(gate.Generators.Select(named => $"{named.Name}: {named.Generator.State}")));

    private static Cache<double> Evaluation() => new(training: false, keeps: true);
}
