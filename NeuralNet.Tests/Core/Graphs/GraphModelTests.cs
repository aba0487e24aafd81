using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Core.GradientChecking;
using NeuralNet.Core.Graphs;
using NeuralNet.Layers;
using NeuralNet.Tests.Support;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Optimizers;
using static NeuralNet.Core.Graphs.GraphFunctions;

namespace NeuralNet.Tests.Core.Graphs;

/// <summary>Graphs as models: parameters as nodes, losses, several outputs, and graphs as gates and layers.</summary>
internal sealed class GraphModelTests
{
    private static readonly Matrix<double> Input = Some.Matrix<double>(5, 3, seed: 1);

    // The same two-layer network, as a graph with parameters of its own and as a Sequential.
    private static (Graph<double> Graph, Node<double> X, Node<double> Scores) MakeGraph()
    {
        var graph = new Graph<double>();
        Node<double> x = graph.Constant(Input, "x");
        Node<double> w1 = graph.Parameter("w1", new Parameter<double>(Some.Matrix<double>(3, 4, seed: 2)));
        Node<double> b1 = graph.Parameter("b1", new Parameter<double>(Some.Matrix<double>(1, 4, seed: 3), isRegularized: false));
        Node<double> w2 = graph.Parameter("w2", new Parameter<double>(Some.Matrix<double>(4, 2, seed: 4)));
        return (graph, x, MatrixMultiply(Tanh(AddRow(MatrixMultiply(x, w1), b1)), w2).Named("scores"));
    }

    private static Sequential<double> MakeSequential() => new(
        new Linear<double>(Some.Matrix<double>(3, 4, seed: 2), Some.Matrix<double>(1, 4, seed: 3)),
        new Tanh<double>(),
        new Linear<double>(Some.Matrix<double>(4, 2, seed: 4)));

    [Test]
    public void Backward_ParameterNodes_HaveTheGradientsOfTheSameNetworkAndAreTrained()
    {
        (Graph<double> graph, _, Node<double> scores) = MakeGraph();
        Node<double> loss = graph.Apply(new LossGate<double, Matrix<double>>(new MeanSquaredError<double>(), Some.Matrix<double>(5, 2, seed: 6)), scores);
        Sequential<double> net = MakeSequential();
        var meanSquare = new MeanSquaredError<double>();
        var (cache, lossCache) = (new Cache<double>(), new Cache<double>());
        graph.Parameters.Select(named => named.Name).ShouldBe(["w1", "b1", "w2"]);
        var ofGraph = new SGD<double>(graph.Parameters, 0.1, 0.9);
        var ofNet = new SGD<double>(net.Parameters, 0.1, 0.9);
        for (int step = 0; step < 20; step++)
        {
            graph.Forward();
            graph.ZeroGradients();
            graph.Backward(loss);
            double expected = meanSquare.Forward(net.Forward(Input, cache), Some.Matrix<double>(5, 2, seed: 6), lossCache);
            net.ZeroGradients();
            meanSquare.Backward(lossCache, net, cache);

            loss.Value.ShouldBe(expected, 1e-12);
            for (int i = 0; i < 3; i++)
            {
                (graph.Parameters[i].Parameter.Gradient - net.Parameters[i].Parameter.Gradient).InfinityNorm().ShouldBeLessThan(1e-13);
            }

            ofGraph.Step();
            ofNet.Step();
        }

        GradientCheck.Graph(loss).Rows.Select(row => row.Variable).ShouldBe(["w1", "b1", "w2"]);
        GradientCheck.Graph(loss).WorstError.ShouldBeLessThanOrEqualTo(1e-7);
    }

    [Test]
    public void Backward_SeveralRootsWithTheirOwnGradients_AddUp()
    {
        (Graph<double> graph, _, Node<double> scores) = MakeGraph();
        Node<double> squares = Square(scores);
        Matrix<double> first = Some.Matrix<double>(5, 2, seed: 7), second = Some.Matrix<double>(5, 2, seed: 8);
        graph.Forward();
        graph.Backward(scores, first);
        graph.Backward(squares, second);
        Matrix<double> sum = graph["w2"].Graph.Parameters[2].Parameter.Gradient.Clone();
        graph.ZeroGradients();

        graph.Backward([(scores, first), (squares, second)]);

        (graph.Parameters[2].Parameter.Gradient - sum).InfinityNorm().ShouldBeLessThan(1e-13);
        Should.Throw<ArgumentException>(() => graph.Backward([(scores, Some.Matrix<double>(2, 2))])).Message.ShouldContain("[5×2]");
    }

    [Test]
    public void GraphLayer_TwiceInANetwork_KeepsItsValuesInTheCachesAndIsChecked()
    {
        (Graph<double> graph, Node<double> x, Node<double> scores) = MakeGraph();
        var layer = new GraphLayer<double>(x, MatrixMultiply(Sigmoid(scores), graph.Constant(Some.Matrix<double>(2, 3, seed: 9))).Named("y"));
        var net = new Sequential<double>(layer, new ReLU<double>(), layer);

        net.Parameters.Select(named => named.Name).ShouldBe(["0.w1", "0.b1", "0.w2"]);
        GradientCheckReport report = GradientCheck.Gate(net, Some.Matrix<double>(7, 3, seed: 10));
        report.WorstError.ShouldBeLessThanOrEqualTo(1e-7, report.ToString());
        x.Matrix.ShouldBeSameAs(Input);
    }

    [Test]
    public void GraphLayer_SteadyStateAndWanted_AllocatesNothingAndGivesTheSameGradients()
    {
        (_, Node<double> x, Node<double> scores) = MakeGraph();
        var layer = new GraphLayer<double>(x, scores);
        var cache = new Cache<double>();
        Matrix<double> upstream = Some.Matrix<double>(5, 2, seed: 3);
        layer.Forward(Input, cache);
        layer.Backward(upstream, cache);
        Matrix<double> expected = layer.Parameters[0].Parameter.Gradient.Clone();

        Allocation.OfThread(() =>
        {
            layer.Forward(Input, cache);
            layer.ZeroGradients();
            layer.Backward(upstream, cache);
            layer.ZeroGradients();
            cache.Rewind();
            layer.Backward(upstream, Wanted.None, cache);
        }).ShouldBe(0);
        layer.Parameters[0].Parameter.Gradient.ShouldBe(expected);
    }

    [Test]
    public void GraphGate_SeveralInputs_IsCheckedByEachAndServesThreads()
    {
        var graph = new Graph<double>();
        Node<double> a = graph.Variable("a", Some.Matrix<double>(3, 2)), b = graph.Variable("b", Some.Matrix<double>(3, 2)), c = graph.Variable("c", 2);
        var gate = new GraphGate<double>([a, b, c], Sum(a * Exp(b)) * (c * c));
        Matrix<double>[] inputs = [Some.Matrix<double>(4, 5, seed: 1), Some.Matrix<double>(4, 5, seed: 2), Matrix<double>.Build.Dense(1, 1, 1.5)];

        GradientCheckReport report = GradientCheck.Gate(gate, inputs);
        report.WorstError.ShouldBeLessThanOrEqualTo(1e-7, report.ToString());
        double expected = gate.Forward(inputs, new Cache<double>())[0, 0];
        expected.ShouldBe(2.25 * inputs[0].PointwiseMultiply(inputs[1].PointwiseExp()).Enumerate().Sum(), 1e-12);
        double[] values = new double[8];
        Parallel.For(0, values.Length, i => values[i] = gate.Forward(inputs, new Cache<double>())[0, 0]);
        values.ShouldAllBe(value => value == expected);
        Should.Throw<ArgumentException>(() => gate.Forward([inputs[0], inputs[1], inputs[0]], new Cache<double>())).Message.ShouldContain("c is a number");
    }

    [Test]
    public void Constructor_InputThatIsNone_IsRefused()
    {
        (_, Node<double> x, Node<double> scores) = MakeGraph();
        Should.Throw<ArgumentException>(() => new GraphLayer<double>(scores.Graph["w1"], scores)).Message.ShouldContain("w1 is neither");
        Should.Throw<ArgumentException>(() => new GraphGate<double>([x, x], scores)).Message.ShouldContain("none twice");
        Should.Throw<ArgumentException>(() => new GraphGate<double>([], scores)).Message.ShouldContain("at least one input");
    }

    // Fifty slices of one matrix, each added in its place: the sum is upstream times the slope, column by column.
    [Test]
    public void Backward_ManySlicesOfOneMatrix_AddUpInTheirPlaces()
    {
        var graph = new Graph<double>();
        Node<double> x = graph.Variable("x", Some.Matrix<double>(3, 50));
        Node<double> sum = graph.Constant(0.0);
        for (int i = 0; i < 50; i++)
        {
            Node<double> slice = graph.Apply(new NeuralNet.Core.Gates.SliceGate<double>(.., i..(i + 1)), x);
            sum += Sum(slice) * (i + 1.0);
        }

        Node<double> all = sum + SumOfSquares(x);
        graph.Forward();
        graph.Backward(all);

        Matrix<double> gradient = x.MatrixGradient;
        for (int i = 0; i < 50; i++)
        {
            gradient[1, i].ShouldBe(i + 1 + (2 * x.Matrix[1, i]), 1e-12);
        }
    }
}
