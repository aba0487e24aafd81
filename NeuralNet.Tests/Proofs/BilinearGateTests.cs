using NeuralNet.Core;
using NeuralNet.Core.GradientChecking;
using NeuralNet.Core.Graphs;
using NeuralNet.Tests.Support;
using static NeuralNet.Core.Graphs.GraphFunctions;

namespace NeuralNet.Tests.Proofs;

/// <summary>A gate with two inputs and parameters: one backward pass for whatever is wanted.</summary>
internal sealed class BilinearGateTests
{
    private const int N = 5, D = 3, E = 2, M = 4;

    private static readonly Matrix<double> X = Some.Matrix<double>(N, D, 1), Y = Some.Matrix<double>(N, E, 2), Upstream = Some.Matrix<double>(N, M, 3);

    [Test]
    public void Backward_ByHand_IsGood() => GradientCheck.Gate(Gate(), [X.Clone(), Y.Clone()]).ShouldBeGood("x", "y", "w", "v");

    [TestCase(true, true)]
    [TestCase(true, false)]
    [TestCase(false, true)]
    [TestCase(false, false)]
    public void Backward_SomeInputsWanted_AddsParametersOnceAndSharesWork(bool isXWanted, bool isYWanted)
    {
        BilinearGate gate = Gate();
        var cache = new Cache<double>();
        gate.Forward(X, Y, cache);
        ReadOnlySpan<Matrix<double>?> downstream = gate.Backward(Upstream, new Wanted([isXWanted, isYWanted]), cache);

        Matrix<double> a = Upstream.PointwiseMultiply(Y * gate.V.Value), b = Upstream.PointwiseMultiply(X * gate.W.Value);
        ShouldBe(gate.W.Gradient, X.Transpose() * a);
        ShouldBe(gate.V.Gradient, Y.Transpose() * b);
        ShouldBe(downstream[0], isXWanted ? a * gate.W.Value.Transpose() : null);
        ShouldBe(downstream[1], isYWanted ? b * gate.V.Value.Transpose() : null);
        gate.SharedWork.ShouldBe(1);
    }

    [Test]
    public void Backward_OtherInputsWantedBefore_GivesNothingOfThen()
    {
        BilinearGate gate = Gate();
        var cache = new Cache<double>();
        gate.Forward(X, Y, cache);
        gate.Backward(Upstream, Wanted.All, cache);
        cache.Rewind();
        ReadOnlySpan<Matrix<double>?> downstream = gate.Backward(Upstream, new Wanted([false, true]), cache);
        downstream[0].ShouldBeNull();
        downstream[1].ShouldNotBeNull();
        gate.SharedWork.ShouldBe(2);
    }

    [Test]
    public void Graph_GateTwiceWithSharedParameters_IsGood()
    {
        var graph = new Graph<double>();
        GradientCheck.Graph(Twice(graph, Gate(), Y)).ShouldBeGood("x", "y", "first.w", "first.v");
    }

    // A constant wants no gradient: the parameters' must be the same bits, of two passes of the gate at two nodes.
    [Test]
    public void Graph_OneInputAConstant_HasTheSameParameterGradients()
    {
        BilinearGate gate = Gate();
        Run(y: graph => graph.Variable("y", Y));
        (Matrix<double> w, Matrix<double> v) = (gate.W.Gradient.Clone(), gate.V.Gradient.Clone());
        gate.SharedWork.ShouldBe(2);
        gate.ZeroGradients();
        Run(y: graph => graph.Constant(Y));
        gate.W.Gradient.AsSpan().ToArray().ShouldBe(w.AsSpan().ToArray());
        gate.V.Gradient.AsSpan().ToArray().ShouldBe(v.AsSpan().ToArray());
        gate.SharedWork.ShouldBe(4);

        void Run(Func<Graph<double>, Node<double>> y)
        {
            var graph = new Graph<double>();
            Node<double> root = Twice(graph, gate, y(graph));
            graph.Forward();
            graph.Backward(root, Some.Matrix<double>(N, M, 8));
        }
    }

    private static Node<double> Twice(Graph<double> graph, BilinearGate gate, Matrix<double> y) => Twice(graph, gate, graph.Variable("y", y.Clone()));

    // The second x is the first's z without its last column.
    private static Node<double> Twice(Graph<double> graph, BilinearGate gate, Node<double> y)
    {
        Node<double> first = graph.Apply(gate, graph.Variable("x", X.Clone()), y).Named("first");
        return graph.Apply(gate, Tanh(graph.Apply(new NeuralNet.Core.Gates.SliceGate<double>(.., ..D), first)), y);
    }

    private static BilinearGate Gate() => new(Some.Matrix<double>(D, M, 4), Some.Matrix<double>(E, M, 5));

    private static void ShouldBe(Matrix<double>? actual, Matrix<double>? expected)
    {
        (actual is null).ShouldBe(expected is null);
        if (actual is not null)
        {
            (actual - expected!).L2Norm().ShouldBeLessThan(1e-14);
        }
    }
}
