using System.Numerics;
using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Core.Gates;
using NeuralNet.Core.Graphs;
using NeuralNet.Layers;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Training.Onnx;

/// <summary>Graphs as layers, with the gates that have several inputs.</summary>
internal static class OnnxGraphs
{
    private const int Samples = 5, Features = 4;

    /// <summary>The cases.</summary>
    public static IEnumerable<OnnxCase<T>> All<T>() where T : unmanaged, IFloatingPointIeee754<T>
    {
        yield return Of<T>("graph: x·tanh x + x", (graph, x) => (x * graph.Apply(new Tanh<T>(), x)) + x);
        yield return Of<T>("graph: x − e^x", (graph, x) => x - graph.Apply(new Exp<T>(), x));
        yield return Of<T>("graph: x / e^x", (graph, x) => x / graph.Apply(new Exp<T>(), x));
        yield return Of<T>("graph: max(x, −x)", (graph, x) => graph.Apply(new MaxGate<T>(), x, -x));
        yield return Of<T>("graph: min(x, 2x)", (graph, x) => graph.Apply(new MinGate<T>(), x, x * T.CreateChecked(2)));
        yield return Of<T>("graph: max(x, −x, x²)", (graph, x) => graph.Apply(new MaxoutGate<T>(), x, -x, graph.Apply(new Square<T>(), x)));
        yield return Of<T>("graph: x·W + b", (graph, x) => graph.Apply(
            new AddRowGate<T>(),
            graph.Apply(new MatrixMultiplyGate<T>(), x, graph.Parameter("W", new Parameter<T>(Some.Matrix<T>(Features, 3, 2)))),
            graph.Parameter("b", new Parameter<T>(Some.Matrix<T>(1, 3, 3)))));
        yield return Of<T>("graph: x·W·Wᵀ, a parameter twice", (graph, x) =>
        {
            Node<T> weight = graph.Parameter("W", new Parameter<T>(Some.Matrix<T>(Features, 3, 2)));
            Node<T> code = graph.Apply(new Sigmoid<T>(), graph.Apply(new MatrixMultiplyGate<T>(), x, weight));
            return graph.Apply(new MatrixMultiplyGate<T>(), code, graph.Apply(new TransposeGate<T>(), weight));
        });
        yield return Of<T>("graph: a constant beside x", (graph, x) => graph.Apply(new ConcatenateGate<T>(), x, graph.Constant(Some.Matrix<T>(Samples, 2, 4), "c")));
        yield return Of<T>("graph: x above its tanh", (graph, x) => graph.Apply(new ConcatenateGate<T>(Axis.Rows), x, graph.Apply(new Tanh<T>(), x)));
        yield return Of<T>("graph: Σ x² of a Linear", (graph, x) =>
            graph.Apply(new SumOfSquaresGate<T>(), graph.Apply(new Linear<T>(Features, 2, new Random(1)), x).Named("encoder")));
        yield return Of<T>("graph: x itself", (_, x) => x);
        var graph = new Graph<T>();
        Node<T> input = graph.Variable("x", Matrices.Zeros<T>(1, Features));
        var gated = new GraphLayer<T>(input, graph.Apply(new Sigmoid<T>(), graph.Apply(new Linear<T>(Features, Features, new Random(1)), input).Named("gate")) * input);
        yield return new("graph in a network", new Sequential<T>(("gated", gated), ("last", new Linear<T>(Features, 2, new Random(2)))), Some.Matrix<T>(Samples, Features));
    }

    private static OnnxCase<T> Of<T>(string name, Func<Graph<T>, Node<T>, Node<T>> make) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var graph = new Graph<T>();
        Node<T> x = graph.Variable("x", Matrices.Zeros<T>(1, Features));
        return new(name, new GraphLayer<T>(x, make(graph, x)), Some.Matrix<T>(Samples, Features));
    }
}
