using NeuralNet.Core.GradientChecking;
using NeuralNet.Core.Graphs;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Proofs;

/// <summary>Addressing by content and by place from gates alone.</summary>
internal sealed class AddressingHeadTests
{
    [TestCase(3, 2)]
    [TestCase(7, 5)]
    public void Forward_AnyMemory_AgreesWithLoopsAndSumsToOne(int rows, int columns)
    {
        var graph = new Graph<double>();
        Node<double> address = Head(graph, rows, columns);
        graph.Forward();
        double[] expected = AddressingHead.Address(
            graph["memory"].Matrix, graph["key"].Matrix, graph["β"].Value, graph["g"].Value, graph["s"].Matrix, graph["γ"].Value, graph["previous"].Matrix);
        address.Matrix.RowCount.ShouldBe(rows);
        for (int i = 0; i < rows; i++)
        {
            address.Matrix[i, 0].ShouldBe(expected[i], 1e-14);
        }

        address.Matrix.ColumnSums()[0].ShouldBe(1, 1e-14);
    }

    // With β = 40 and the key of row 2 the content's weights are almost one-hot; g = 1 forgets the step before, and a shift of 1 moves on to row 3.
    [Test]
    public void Forward_KeyOfARowAndShiftOfOne_PointsAtTheNextRow()
    {
        var graph = new Graph<double>();
        Node<double> address = Head(graph, 5, 3);
        graph["memory"].Set(Matrix<double>.Build.DenseOfArray(new double[,] { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 }, { -1, 0, 0 }, { 0, -1, 0 } }));
        graph["key"].Set(Matrix<double>.Build.DenseOfArray(new double[,] { { 0, 0, 2 } }));
        graph["β"].Set(40);
        graph["g"].Set(1);
        graph["s"].Set(Matrix<double>.Build.DenseOfArray(new[,] { { 1e-9 }, { 1e-9 }, { 1 } }));
        graph.Forward();
        address.Matrix[3, 0].ShouldBe(1, 1e-6);
    }

    [TestCase(3, 2)]
    [TestCase(7, 5)]
    public void Backward_AnyMemory_IsGoodByEachInput(int rows, int columns) =>
        GradientCheck.Graph(Head(new Graph<double>(), rows, columns)).ShouldBeGood("memory", "key", "β", "g", "s", "γ", "previous");

    private static Node<double> Head(Graph<double> graph, int rows, int columns)
    {
        Matrix<double> previous = Some.Matrix<double>(rows, 1, 3).PointwiseExp();
        return AddressingHead.Address(
            graph.Variable("memory", Some.Matrix<double>(rows, columns)),
            graph.Variable("key", Some.Matrix<double>(1, columns, 2)),
            graph.Variable("β", 1.7),
            graph.Variable("g", 0.6),
            graph.Variable("s", Matrix<double>.Build.DenseOfArray(new[,] { { 0.2 }, { 0.5 }, { 0.3 } })),
            graph.Variable("γ", 1.4),
            graph.Variable("previous", previous / previous.RowSums().Sum()));
    }
}
