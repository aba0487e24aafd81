using NeuralNet.Core;
using NeuralNet.Core.Gates;
using NeuralNet.Core.Graphs;
using NeuralNet.Tests.Support;
using static NeuralNet.Core.Graphs.GraphFunctions;

namespace NeuralNet.Tests.Core.Graphs;

/// <summary>Every misuse of a graph is an error that says what to do.</summary>
public sealed class GraphErrorTests
{
    [Test]
    public void Define_Cycle_IsRefusedWithItsPath()
    {
        var graph = new Graph<double>();
        Node<double> q = graph.Declare("q");
        Node<double> a = (q + graph.Variable("x", 1)).Named("a"), f = Exp(a).Named("f");

        Should.Throw<ArgumentException>(() => graph.Define(q, f)).Message.ShouldContain("that is a cycle: q ← f ← a ← q");
        Should.Throw<ArgumentException>(() => graph.Define(q, q)).Message.ShouldContain("q ← q");
    }

    [Test]
    public void Define_CycleThroughTwoDeclarations_IsRefused()
    {
        var graph = new Graph<double>();
        Node<double> p = graph.Declare("p"), q = graph.Declare("q");
        graph.Define(p, Exp(q));

        Should.Throw<ArgumentException>(() => graph.Define(q, p * p)).Message.ShouldContain("cycle");
    }

    [Test]
    public void Define_Twice_Throws()
    {
        var graph = new Graph<double>();
        Node<double> q = graph.Declare("q");
        graph.Define(q, graph.Variable("x", 1));

        Should.Throw<InvalidOperationException>(() => graph.Define(q, graph.Variable("y", 1))).Message.ShouldContain("is defined already");
    }

    [Test]
    public void Forward_DeclaredButNotDefined_Throws()
    {
        var graph = new Graph<double>();
        _ = graph.Declare("q") + 1;

        Should.Throw<InvalidOperationException>(graph.Forward).Message.ShouldStartWith("q was declared");
    }

    [Test]
    public void Operators_NodesOfTwoGraphs_Throw()
    {
        Node<double> x = new Graph<double>().Variable("x", 1), y = new Graph<double>().Variable("y", 1);

        Should.Throw<ArgumentException>(() => x + y).Message.ShouldContain("Node y belongs to another graph");
    }

    [Test]
    public void Operators_DefaultNode_Throws() =>
        Should.Throw<InvalidOperationException>(() => default(Node<double>) + 1).Message.ShouldContain("belongs to no graph");

    [Test]
    public void Gradient_BeforeBackward_Throws()
    {
        var graph = new Graph<double>();
        Node<double> x = graph.Variable("x", 1), f = Exp(x);

        Should.Throw<InvalidOperationException>(() => x.Gradient).Message.ShouldContain("before Backward");
        graph.Forward();
        Should.Throw<InvalidOperationException>(() => x.MatrixGradient).Message.ShouldContain("before Backward");
        graph.Backward(f);
        graph.Forward();
        Should.Throw<InvalidOperationException>(() => x.Gradient).Message.ShouldContain("before Backward");
    }

    [Test]
    public void Value_BeforeForward_Throws()
    {
        var graph = new Graph<double>();
        Node<double> x = graph.Variable("x", 1), f = Exp(x).Named("f");

        x.Value.ShouldBe(1);
        Should.Throw<InvalidOperationException>(() => f.Value).Message.ShouldStartWith("f = exp(x) has no value yet");
    }

    [Test]
    public void Backward_BeforeForwardOrAfterAChange_Throws()
    {
        var graph = new Graph<double>();
        Node<double> x = graph.Variable("x", 1), f = Exp(x);

        Should.Throw<InvalidOperationException>(() => graph.Backward(f)).Message.ShouldContain("came before Forward");
        graph.Forward();
        x.Set(2);
        Should.Throw<InvalidOperationException>(() => graph.Backward(f)).Message.ShouldContain("something was changed");
    }

    [Test]
    public void Backward_MatrixRootWithoutUpstream_Throws()
    {
        var graph = new Graph<double>();
        Node<double> x = graph.Variable("x", Some.Matrix<double>(2, 3)), y = Exp(x).Named("y");
        graph.Forward();

        Should.Throw<ArgumentException>(() => graph.Backward(y)).Message.ShouldContain("y = exp(x) is [2×3], not one number");
        Should.Throw<ArgumentException>(() => graph.Backward(y, Some.Matrix<double>(3, 2))).Message.ShouldContain("got [3×2]");
    }

    [Test]
    public void Backward_RootOfConstants_Throws()
    {
        var graph = new Graph<double>();
        Node<double> f = Exp(graph.Constant(1));
        graph.Forward();

        Should.Throw<InvalidOperationException>(() => graph.Backward(f)).Message.ShouldContain("depends on no variable");
    }

    [Test]
    public void Forward_ShapesThatDoNotFit_NamesTheNode()
    {
        var graph = new Graph<double>();
        Node<double> w = graph.Variable("W", Some.Matrix<double>(2, 3)), x = graph.Variable("x", Some.Matrix<double>(2, 1));
        MatrixMultiply(w, x).Named("q");

        Should.Throw<ArgumentException>(graph.Forward).Message.ShouldStartWith("Node q = matrix multiply(W, x): matrix multiply expects");
    }

    [Test]
    public void Backward_GateReturnsAnotherShape_NamesIt()
    {
        var graph = new Graph<double>();
        Node<double> x = graph.Variable("x", Some.Matrix<double>(2, 3)), f = Sum(graph.Apply(new WrongShapeGate(), x).Named("y"));
        graph.Forward();

        Should.Throw<InvalidOperationException>(() => graph.Backward(f)).Message
            .ShouldBe("Node y = wrong(x): A gradient has the shape of its variable: input of wrong is [2×3], but its backward pass gave a gradient of [3×2].");
    }

    [Test]
    public void Value_OfAMatrix_PointsToMatrix()
    {
        var graph = new Graph<double>();
        Node<double> x = graph.Variable("x", Some.Matrix<double>(2, 3));

        Should.Throw<InvalidOperationException>(() => x.Value).Message.ShouldBe("x is [2×3], not one number; ask for its Matrix.");
    }

    [Test]
    public void Set_GateOrOtherKind_Throws()
    {
        var graph = new Graph<double>();
        Node<double> x = graph.Variable("x", 1), m = graph.Constant(Some.Matrix<double>(1, 1)), f = Exp(x);

        Should.Throw<InvalidOperationException>(() => f.Set(1)).Message.ShouldContain("only variables and constants");
        Should.Throw<InvalidOperationException>(() => x.Set(Some.Matrix<double>(1, 1))).Message.ShouldContain("made with a number");
        Should.Throw<InvalidOperationException>(() => m.Set(1)).Message.ShouldContain("made with a matrix");
    }

    [Test]
    public void Apply_WrongNumberOfInputs_Throws()
    {
        var graph = new Graph<double>();
        Node<double> x = graph.Variable("x", 1);

        Should.Throw<ArgumentException>(() => graph.Apply(new AddGate<double>(), x)).Message.ShouldContain("add takes 2 inputs, got 1");
        Should.Throw<ArgumentException>(() => graph.Apply(new MaxoutGate<double>())).Message.ShouldContain("maxout takes 1 or more inputs, got 0");
    }

    [Test]
    public void Names_TakenOrUnknown_Throw()
    {
        var graph = new Graph<double>();
        Node<double> x = graph.Variable("x", 1);

        Should.Throw<ArgumentException>(() => graph.Variable("x", 2)).Message.ShouldContain("names are unique");
        Should.Throw<ArgumentException>(() => Exp(x).Named("x")).Message.ShouldContain("names are unique");
        Should.Throw<ArgumentException>(() => graph.Variable("", 2));
        Should.Throw<ArgumentException>(() => graph.Variable("two\nlines", 2)).Message.ShouldContain("one line");
        Should.Throw<ArgumentException>(() => graph["y"]).Message.ShouldContain("no node named y");
    }

    [Test]
    public void Named_Again_ForgetsTheNameBefore()
    {
        var graph = new Graph<double>();
        Node<double> f = Exp(graph.Variable("x", 1)).Named("before").Named("after");

        graph["after"].ShouldBe(f);
        Should.Throw<ArgumentException>(() => graph["before"]);
        graph.Variable("before", 1).Name.ShouldBe("before");
    }

    [Test]
    public void Backward_NoRootOrEmptyDrawing_Throws()
    {
        var graph = new Graph<double>();

        Should.Throw<InvalidOperationException>(() => graph.Draw()).Message.ShouldContain("empty");
        graph.Forward();
        Should.Throw<ArgumentException>(() => graph.Backward()).Message.ShouldContain("needs a root");
    }

    private sealed class WrongShapeGate : Layer<double>
    {
        public override string Name => "wrong";

        public override FlowPattern Pattern => FlowPattern.Carrier;

        public override string Formula(string x = "x") => x;

        public override string LocalGradient(string x = "x", string y = "y") => "G";

        protected override Matrix<double> ForwardCore(Matrix<double> input, Cache<double> cache) => input;

        protected override Matrix<double> BackwardCore(
            Matrix<double> upstream, Matrix<double> input, Matrix<double> output, bool isInputWanted, Cache<double> cache) =>
            cache.Buffer(1, input.ColumnCount, input.RowCount);
    }
}
