using NeuralNet.Core.Functions;
using NeuralNet.Core.Graphs;
using NeuralNet.Layers;
using NeuralNet.Tests.Core.Gates;
using NeuralNet.Tests.Support;
using static NeuralNet.Core.Graphs.GraphFunctions;

namespace NeuralNet.Tests.Core.Graphs.Drawings;

/// <summary>Circuits to draw, run forward and backward.</summary>
internal static class Circuits
{
    public static IEnumerable<string> Names => ["product", "shared", "neuron", "norm", "network", "layers", "square", "residual", "gates", "odd names"];

    public static Graph<double> Get(string name)
    {
        var graph = new Graph<double>();
        Node<double> root = name switch
        {
            "product" => Product(graph),
            "shared" => Shared(graph),
            "neuron" => Neuron(graph),
            "norm" => Norm(graph),
            "network" => Network(graph),
            "layers" => Layers(graph),
            "square" => SquareOfX(graph),
            "residual" => Residual(graph),
            "gates" => AllGates(graph),
            "odd names" => OddNames(graph),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such circuit."),
        };
        graph.Forward();
        graph.Backward(root);
        return graph;
    }

    private static Node<double> Product(Graph<double> graph)
    {
        Node<double> x = graph.Variable("x", -2), y = graph.Variable("y", 5), z = graph.Variable("z", -4);
        return ((x + y).Named("q") * z).Named("f");
    }

    private static Node<double> Shared(Graph<double> graph)
    {
        Node<double> x = graph.Variable("x", 1), y = graph.Variable("y", 2), z = graph.Variable("z", 0);
        return ((x + y).Named("a") * Max(y, z).Named("b")).Named("f");
    }

    private static Node<double> Neuron(Graph<double> graph)
    {
        Node<double> w0 = graph.Variable("w0", 2), x0 = graph.Variable("x0", -1);
        Node<double> w1 = graph.Variable("w1", -3), x1 = graph.Variable("x1", -2), w2 = graph.Variable("w2", -3);
        return (1 / (1 + Exp(-(w0 * x0 + w1 * x1 + w2)))).Named("f");
    }

    private static Node<double> Norm(Graph<double> graph)
    {
        Node<double> w = graph.Variable("W", Matrix<double>.Build.DenseOfRowMajor(2, 2, [0.1, 0.5, -0.3, 0.8]));
        Node<double> x = graph.Variable("x", Matrix<double>.Build.Dense(2, 1, [0.2, 0.4]));
        return SumOfSquares(MatrixMultiply(w, x).Named("q")).Named("f");
    }

    private static Node<double> Network(Graph<double> graph)
    {
        Node<double> x = graph.Constant(Some.Matrix<double>(64, 20), "X"), y = graph.Constant(Some.Matrix<double>(64, 3), "Y");
        Node<double> w1 = graph.Variable("W1", Some.Matrix<double>(20, 8)), b1 = graph.Variable("b1", Some.Matrix<double>(1, 8));
        Node<double> w2 = graph.Variable("W2", Some.Matrix<double>(8, 3)), b2 = graph.Variable("b2", Some.Matrix<double>(1, 3));
        Node<double> h = Sigmoid(AddRow(MatrixMultiply(x, w1), b1)).Named("h");
        Node<double> scores = AddRow(MatrixMultiply(h, w2), b2).Named("scores");
        return (Mean(Square(scores - y)) + 0.1 * (SumOfSquares(w1) + SumOfSquares(w2))).Named("loss");
    }

    private static Node<double> Layers(Graph<double> graph)
    {
        var random = new Random(1);
        var network = new Sequential<double>(new Linear<double>(6, 4, random), new Sequential<double>(new Tanh<double>()), new Linear<double>(4, 2, random));
        return Mean(graph.ApplyEach(network, graph.Constant(Some.Matrix<double>(5, 6), "X"))).Named("loss");
    }

    private static Node<double> SquareOfX(Graph<double> graph)
    {
        Node<double> x = graph.Variable("x", 3), a = (x * x).Named("a");
        return ((a + x) * (a - x)).Named("f");
    }

    private static Node<double> Residual(Graph<double> graph)
    {
        Node<double> x = graph.Variable("x", Some.Matrix<double>(3, 2)), w = graph.Variable("W", Some.Matrix<double>(2, 2, seed: 5));
        Node<double> h = Tanh(MatrixMultiply(x, w)).Named("h");
        return Sum((h * x).Named("m") + (h * h) + x).Named("f");
    }

    // Every gate of the catalogue, each a root of its own but for the last.
    private static Node<double> AllGates(Graph<double> graph)
    {
        Node<double> last = default;
        foreach (GateEntry<double> entry in GateCatalogue.Core<double>())
        {
            last = graph.Apply(entry.Gate, [.. entry.Inputs(samples: 3).Select((input, i) => graph.Variable($"{entry.Name}{i}", input))]);
        }

        return Sum(last);
    }

    private static Node<double> OddNames(Graph<double> graph)
    {
        Node<double> a = graph.Variable("a \"quoted\" <b>&amp;</b>", 1), b = graph.Variable("#1 [x] {y} (z) | `w` ; end", 2);
        return (a * b + a).Named("% $x_1^2$ \\frac ~ '");
    }
}
