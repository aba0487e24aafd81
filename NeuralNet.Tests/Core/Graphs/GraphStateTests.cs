using NeuralNet.Core;
using NeuralNet.Core.Graphs;
using NeuralNet.Layers;
using NeuralNet.Tests.Proofs;
using NeuralNet.Tests.Support;
using static NeuralNet.Core.Graphs.GraphFunctions;

namespace NeuralNet.Tests.Core.Graphs;

/// <summary>What a graph holds after passes that are repeated or fail.</summary>
internal sealed class GraphStateTests
{
    [Test]
    public void Backward_GivenUpstreamTwice_DoesNotAddUp()
    {
        var graph = new Graph<double>();
        Node<double> x = graph.Variable("x", 3), f = Square(x);
        Should.Throw<InvalidOperationException>(() => graph.Backward(f, 2)).Message.ShouldContain("came before Forward");
        graph.Forward();
        graph.Backward(f, 2);
        graph.Backward(f, 2);
        x.Gradient.ShouldBe(12);
    }

    [Test]
    public void Forward_Fails_LeavesNoValues()
    {
        var graph = new Graph<double>();
        Node<double> x = graph.Variable("x", Some.Matrix<double>(2, 3)), y = graph.Variable("y", Some.Matrix<double>(2, 3)), z = (x + y).Named("z");
        graph.Forward();
        y.Set(Some.Matrix<double>(3, 2));
        Should.Throw<Exception>(graph.Forward);
        Should.Throw<InvalidOperationException>(() => z.Matrix).Message.ShouldContain("has no value yet");
    }

    [Test]
    public void Backward_Fails_LeavesNoGradients()
    {
        var graph = new Graph<double>();
        var gate = new FaultyGate();
        Node<double> x = graph.Variable("x", Some.Matrix<double>(2, 2)), z = graph.Apply(gate, x);
        graph.Forward();
        graph.Backward(z, Some.Matrix<double>(2, 2));
        gate.Give = (_, _) => throw new NotSupportedException("There is no fourth row.");
        Should.Throw<InvalidOperationException>(() => graph.Backward(z, Some.Matrix<double>(2, 2)));
        Should.Throw<InvalidOperationException>(() => x.MatrixGradient).Message.ShouldContain("before Backward");
    }

    [Test]
    public void Backward_UpstreamOfAnotherShape_NamesRootAndShapes()
    {
        var graph = new Graph<double>();
        Node<double> y = Exp(graph.Variable("x", Some.Matrix<double>(2, 3))).Named("y");
        graph.Forward();
        Should.Throw<ArgumentException>(() => graph.Backward(y, Some.Matrix<double>(3, 2))).Message
            .ShouldStartWith("y = exp(x) is [2×3] and expects upstream of its shape, got [3×2].");
    }

    [Test]
    public void Forward_OneNodeOnly_IsPrepared()
    {
        var graph = new Graph<double>();
        Node<double> x = graph.Variable("x", 3);
        graph.Forward();
        graph.Order.ShouldBe([x]);
    }

    [Test]
    public void Parameters_OfLayersAsNodes_AreNamedByTheNodeAndZeroed()
    {
        var graph = new Graph<double>();
        Node<double> y = graph.Apply(new Linear<double>(3, 2, new Random(1)), graph.Variable("x", Some.Matrix<double>(4, 3))).Named("y");
        graph.Parameters.Select(named => named.Name).ShouldBe(["y.weight", "y.bias"]);
        graph.Forward();
        graph.Backward(y, Some.Matrix<double>(4, 2));
        graph.Parameters.ShouldAllBe(named => !named.Parameter.IsGradientZero);
        graph.ZeroGradients();
        graph.Parameters.ShouldAllBe(named => named.Parameter.IsGradientZero);
    }

    [Test]
    public void Backward_FromAnotherRoot_LeavesParametersThatItDoesNotReachAlone()
    {
        var graph = new Graph<double>();
        Parameter<double> v = new(Some.Matrix<double>(1, 1)), w = new(Some.Matrix<double>(1, 1, 2));
        Node<double> first = Square(graph.Parameter("v", v)), second = Square(graph.Parameter("w", w));
        graph.Forward();
        graph.Backward(first);
        (v.IsGradientZero, w.IsGradientZero).ShouldBe((false, true));
        graph.ZeroGradients();
        graph.Backward(second);
        (v.IsGradientZero, w.IsGradientZero).ShouldBe((true, false));
    }

    // Several losses on one graph: nodes start anew, parameters add up, also those of a layer.
    [Test]
    public void Backward_LayerAsNodeTwice_AddsUpInItsParameters()
    {
        var graph = new Graph<double>();
        var linear = new Linear<double>(3, 2, new Random(1));
        Matrix<double> upstream = Some.Matrix<double>(4, 2, 2);
        Node<double> y = graph.Apply(linear, graph.Variable("x", Some.Matrix<double>(4, 3)));
        graph.Forward();
        graph.Backward(y, upstream);
        Matrix<double> once = linear.Weight.Gradient.Clone();
        graph.Backward(y, upstream);
        (linear.Weight.Gradient - (2 * once)).InfinityNorm().ShouldBeLessThan(1e-14);
    }

    [Test]
    public void Define_ByTheVeryFirstNode_IsThatNode()
    {
        var graph = new Graph<double>();
        Node<double> x = graph.Variable("x", 3), declared = graph.Declare("d"), f = Square(declared);
        graph.Define(declared, x);
        graph.Forward();
        graph.Backward(f);
        (declared.Value, f.Value, x.Gradient).ShouldBe((3, 9, 6));
    }

    // The parameter is the very first node.
    [Test]
    public void Backward_ParameterBeforeAllOtherNodes_ReceivesItsGradient()
    {
        var graph = new Graph<double>();
        var w = new Parameter<double>(Matrix<double>.Build.Dense(1, 1, 3));
        Node<double> f = Square(graph.Parameter("w", w));
        graph.Forward();
        graph.Backward(f);
        w.Gradient[0, 0].ShouldBe(6);
    }

    [Test]
    public void Backward_NodesWereAddedSinceForward_Throws()
    {
        Refused((graph, _) => graph.Declare("later"));
        Refused((graph, _) => graph.Variable("later", 1));
        Refused((graph, x) => Square(x));
        Refused((graph, x) => graph.Define(graph.Declare("later"), x));

        static void Refused(Action<Graph<double>, Node<double>> change)
        {
            var graph = new Graph<double>();
            Node<double> x = graph.Variable("x", 3), f = Square(x);
            graph.Forward();
            change(graph, x);
            Should.Throw<InvalidOperationException>(() => graph.Backward(f)).Message.ShouldContain("something was changed since. Call Forward first.");
        }
    }

    [Test]
    public void Nodes_OfNoGraphOrNotDense_AreRefused()
    {
        var graph = new Graph<double>();
        Node<double> x = graph.Variable("x", Some.Matrix<double>(2, 2)), y = Exp(x).Named("y");
        Matrix<double> sparse = Matrix<double>.Build.Sparse(2, 2);
        graph.Forward();
        Should.Throw<ArgumentException>(() => graph.Backward(default(Node<double>))).Message.ShouldBe(
            "A node was used that belongs to no graph; make nodes with Variable, Constant or Apply.");
        Should.Throw<ArgumentException>(() => graph.Variable("s", sparse)).Message.ShouldContain("A dense matrix is needed");
        Should.Throw<ArgumentException>(() => new GraphLayer<double>(x, y).Forward(sparse)).Message.ShouldContain("A dense matrix is needed");
    }

    [Test]
    public void Name_OfAGraphAsAGate_IsThatOfOutputAndInputs()
    {
        var graph = new Graph<double>();
        Node<double> x = graph.Variable("x", 1), y = graph.Variable("y", 2), z = (x * y).Named("z");
        new GraphLayer<double>(x, z).Name.ShouldBe("graph of z(x)");
        new GraphGate<double>([x, y], z).Name.ShouldBe("graph of z(x, y)");
    }
}
