using NeuralNet.Core.Graphs;
using static NeuralNet.Core.Graphs.GraphFunctions;

namespace NeuralNet.Tests.Core.Graphs;

/// <summary>A random expression: values of the variables, and for each further node three numbers that choose its gates and inputs.</summary>
internal sealed record Expression(double[] Values, int[] Steps)
{
    public const int Variables = 4;

    private int Count => Variables + Steps.Length / 3;

    /// <summary>Builds it from the variables to the root; node i is at position i.</summary>
    public Node<double>[] Build(Graph<double> graph, Func<double, Matrix<double>>? toMatrix = null)
    {
        var nodes = new Node<double>[Count];
        for (int i = 0; i < nodes.Length; i++)
        {
            nodes[i] = i >= Variables ? Combine(i, nodes)
                : toMatrix is null ? graph.Variable($"x{i}", Values[i]) : graph.Variable($"x{i}", toMatrix(Values[i]));
        }

        return nodes;
    }

    /// <summary>Declares all nodes first and then defines them from the root to the variables.</summary>
    public Node<double>[] BuildBackwards(Graph<double> graph)
    {
        Node<double>[] nodes = [.. Enumerable.Range(0, Count).Select(i => graph.Declare($"n{i}-declared"))];
        for (int i = nodes.Length - 1; i >= 0; i--)
        {
            graph.Define(nodes[i], i >= Variables ? Combine(i, nodes) : graph.Variable($"x{i}", Values[i]));
        }

        return nodes;
    }

    // Values and slopes stay moderate, so that a difference quotient is a fair judge of any depth.
    private Node<double> Combine(int i, Node<double>[] nodes)
    {
        int step = 3 * (i - Variables);
        Node<double> a = nodes[Steps[step + 1] % i], b = nodes[Steps[step + 2] % i];
        return (Steps[step] % 14) switch
        {
            0 => Tanh(a + b),
            1 => (a - b) * 0.5,
            2 => Sigmoid(a * b),
            3 => Exp(-Square(a)),
            4 => a / (Square(b) + 2),
            5 => Max(a, b),
            6 => Min(a, b) + 0.25,
            7 => Absolute(a) * 0.5,
            8 => ReLU(a) + 0.1,
            9 => SquareRoot(Square(a) + 1) * 0.5,
            10 => Log(Square(a) + 1.5),
            11 => Power(Sigmoid(a), 1.5),
            12 => 1 / (1.5 + Square(Tanh(b))),
            _ => Tanh(a * b - 0.3),
        };
    }
}
