using NeuralNet.Core;
using NeuralNet.Core.Gates;
using NeuralNet.Core.GradientChecking;
using NeuralNet.Core.Graphs;
using NeuralNet.Core.Jacobians;
using NeuralNet.Layers;
using NeuralNet.Tests.Support;
using static NeuralNet.Core.Graphs.GraphFunctions;

namespace NeuralNet.Tests.Core.GradientChecking;

/// <summary>Checks and Jacobians of gates and graphs.</summary>
public sealed class GateChecksTests
{
    [Test]
    public void Gate_WrongSlope_IsDiagnosed()
    {
        GradientCheckReport report = GradientCheck.Gate(new WrongSquareGate(), [Some.Matrix<double>(3, 2)]);

        report.Diagnoses.Single().Explanation.ShouldStartWith("off by the factor 0.5 = ½");
    }

    // Row L2 of the lectures, f = (x + y)·max(y, z) at (1, 2, 0). The numbers of the graph are what they were afterwards.
    [Test]
    public void Graph_LectureCircuit_IsGood()
    {
        var graph = new Graph<double>();
        Node<double> x = graph.Variable("x", 1), y = graph.Variable("y", 2), z = graph.Variable("z", 0);
        Node<double> f = (x + y) * Max(y, z);

        GradientCheckReport report = GradientCheck.Graph(f).ThrowIfFailed();

        report.Rows.Select(row => row.Variable).ShouldBe(["x", "y", "z"], ignoreOrder: true);
        (x.Value, y.Value, z.Value, f.Value).ShouldBe((1, 2, 0, 6));
    }

    [Test]
    public void Graph_LayersAndMatrices_IsGood()
    {
        var graph = new Graph<double>();
        Node<double> x = graph.Variable("x", Some.Matrix<double>(4, 3)), w = graph.Variable("w", Some.Matrix<double>(3, 2));
        var layer = new Linear<double>(3, 3, new Random(1));
        Node<double> f = MatrixMultiply(Sigmoid(graph.Apply(layer, graph.Apply(layer, x).Named("first"))), w);

        GradientCheckReport report = GradientCheck.Graph(f).ThrowIfFailed();

        report.Rows.Select(row => row.Variable).ShouldBe(["x", "w", "first.weight", "first.bias"], ignoreOrder: true);
        report.WorstError.ShouldBeLessThan(1e-9);
    }

    // Row L8: the Jacobians of Y = X·W are block matrices of W and X; for one row x it is Wᵀ.
    [Test]
    public void Jacobian_MatrixMultiplyGate_IsTheOtherFactor()
    {
        Matrix<double> x = Some.Matrix<double>(1, 3), w = Some.Matrix<double>(3, 2, 2);
        Jacobian<double> jacobian = Jacobian<double>.OfGate(new MatrixMultiplyGate<double>(), x, w);

        jacobian.By("x").ShouldBe(w.Transpose());
        jacobian.By("y").ShouldBe(Matrix<double>.Build.DenseIdentity(2).KroneckerProduct(x));
    }

    private sealed class WrongSquareGate : FormulaGate<double>
    {
        public override string Name => "square";

        public override FlowPattern Pattern => FlowPattern.Switcher;

        public override string Formula(string x = "x") => $"{x}^2";

        public override string LocalGradient(string x = "x", string y = "y") => x;

        protected override double Value(double x) => x * x;

        protected override double Slope(double x, double y) => x;
    }
}
