using NeuralNet.Core.Gates;
using NeuralNet.Core.Graphs;
using NeuralNet.Tests.Support;
using static NeuralNet.Core.Graphs.GraphFunctions;

namespace NeuralNet.Tests.Core.Graphs;

/// <summary>Handles of nodes, and the matrices that their gradients are summed in.</summary>
internal sealed class NodeTests
{
    [Test]
    public void Equality_OfHandles_IsThatOfTheNodes()
    {
        Graph<double> graph = new(), other = new();
        Node<double> x = graph.Variable("x", 1), y = graph.Variable("y", 2), same = graph["x"], elsewhere = other.Variable("x", 1), none = default;
        (x == same, x != same, x.Equals((object)same), x.GetHashCode() == same.GetHashCode()).ShouldBe((true, false, true, true));
        (x == y, x != y, x.Equals((object)"x"), x == elsewhere).ShouldBe((false, true, false, false));
        (none == default, none == x, none != x, none.GetHashCode()).ShouldBe((true, false, true, 0));
        new[] { x, y, elsewhere }.Select(node => node.GetHashCode()).Distinct().Count().ShouldBe(3);
        none.ToString().ShouldBe("(no node)");
    }

    [Test]
    public void ValueAndGradient_OfAMatrixOfOneNumber_AreThatNumber()
    {
        var graph = new Graph<double>();
        Node<double> x = graph.Variable("x", Matrix<double>.Build.Dense(1, 1, 3)), f = Square(x);
        graph.Forward();
        graph.Backward(f);
        (f.Value, x.Gradient).ShouldBe((9, 6));
    }

    [Test]
    public void Gradient_OfANumber_AllocatesNothing()
    {
        var graph = new Graph<double>();
        Node<double> x = graph.Variable("x", 3), f = x * x;
        graph.Forward();
        graph.Backward(f);
        double gradient = 0;
        Allocation.OfThread(() => gradient = x.Gradient).ShouldBe(0);
        gradient.ShouldBe(6);
    }

    [Test]
    public void Slice_OfANumber_IsThatNumberAndSoIsItsGradient()
    {
        var graph = new Graph<double>();
        Node<double> x = graph.Variable("x", 3), f = Square(graph.Apply(new SliceGate<double>(.., 0..1), x));
        graph.Forward();
        graph.Backward(f);
        (f.Value, x.Gradient).ShouldBe((9, 6));
    }

    [TestCase(1, 3)]
    [TestCase(3, 1)]
    public void Value_OfARowOrColumn_PointsToMatrix(int rows, int columns) =>
        Should.Throw<InvalidOperationException>(() => new Graph<double>().Variable("x", Some.Matrix<double>(rows, columns)).Value).Message
            .ShouldContain($"is [{rows}×{columns}], not one number; ask for its Matrix.");

    [Test]
    public void Set_Matrix_MustBeDenseAndWantsForward()
    {
        var graph = new Graph<double>();
        Node<double> x = graph.Variable("x", Some.Matrix<double>(2, 2)), f = Sum(x);
        graph.Forward();
        Should.Throw<ArgumentException>(() => x.Set(Matrix<double>.Build.Sparse(2, 2))).Message.ShouldContain("A dense matrix is needed");
        x.Set(Some.Matrix<double>(2, 2, 2));
        Should.Throw<InvalidOperationException>(() => graph.Backward(f)).Message.ShouldContain("something was changed");
    }

    [Test]
    public void Backward_SameRootTwice_CountsTwice()
    {
        var graph = new Graph<double>();
        Node<double> x = graph.Variable("x", Some.Matrix<double>(2, 2)), f = Sum(x);
        graph.Forward();
        graph.Backward(f, f);
        x.MatrixGradient.ShouldBe(Matrix<double>.Build.Dense(2, 2, 2));
    }

    // y is a root, and what z sends back is added to its gradient: in a matrix of its own.
    [Test]
    public void Backward_RootInsideAnother_LeavesTheMatrixGivenAlone()
    {
        var graph = new Graph<double>();
        Node<double> x = graph.Variable("x", Matrix<double>.Build.Dense(1, 2, [1, 2])), y = (x * 3).Named("y"), z = Square(y);
        Matrix<double> ofZ = Matrix<double>.Build.Dense(1, 2, [1, 1]), ofY = Matrix<double>.Build.Dense(1, 2, [10, 20]);
        graph.Forward();
        graph.Backward([(z, ofZ), (y, ofY)]);
        ofY.ShouldBe(Matrix<double>.Build.Dense(1, 2, [10, 20]));
        y.MatrixGradient.ShouldBe(Matrix<double>.Build.Dense(1, 2, [10 + 6, 20 + 12]));
        x.MatrixGradient.ShouldBe(Matrix<double>.Build.Dense(1, 2, [48, 96]));
    }

    [Test]
    public void Forward_NodesOnMatricesAddedAfterAPass_AreComputed()
    {
        var graph = new Graph<double>();
        Node<double> x = graph.Variable("x", Matrix<double>.Build.Dense(1, 2, [1, 2])), y = x * 3;
        graph.Forward();
        Node<double> z = Square(y), f = Sum(z);
        graph.Forward();
        graph.Backward(f);
        z.Matrix.ShouldBe(Matrix<double>.Build.Dense(1, 2, [9, 36]));
        x.MatrixGradient.ShouldBe(Matrix<double>.Build.Dense(1, 2, [18, 36]));
    }
}
