using NeuralNet.Core.Gates;
using NeuralNet.Core.Graphs;
using static NeuralNet.Core.Graphs.GraphFunctions;

namespace NeuralNet.Tests.Proofs;

/// <summary>
/// How the head of a Neural Turing Machine finds its place, written from gates (Graves, Wayne and Danihelka, 2014, section 3.3, equations 5 to 9).
/// </summary>
/// <remarks>A column is spread along rows by a product with a single entry, and over a column by one with ones.</remarks>
internal static class AddressingHead
{
    /// <summary>The weights <c>[N×1]</c> of the N rows of memory <c>[N×M]</c>.</summary>
    /// <param name="memory">M <c>[N×M]</c>.</param>
    /// <param name="key">k <c>[1×M]</c>.</param>
    /// <param name="strength">β, one number.</param>
    /// <param name="gate">g, one number: how much of the content's weights is taken.</param>
    /// <param name="shift">s <c>[3×1]</c>: of the shifts −1, 0 and 1.</param>
    /// <param name="sharpness">γ, one number.</param>
    /// <param name="previous">The weights of the step before <c>[N×1]</c>.</param>
    public static Node<double> Address(
        Node<double> memory, Node<double> key, Node<double> strength, Node<double> gate, Node<double> shift, Node<double> sharpness, Node<double> previous)
    {
        Graph<double> graph = memory.Graph;
        (int rows, int columns) = (memory.Matrix.RowCount, memory.Matrix.ColumnCount);
        Node<double> down = graph.Constant(Matrix<double>.Build.Dense(rows, 1, 1));
        Node<double> along = graph.Constant(Matrix<double>.Build.Dense(columns, 1, 1));

        // (6) and (5): cosine similarity, and its softmax with strength β.
        Node<double> lengths = SquareRoot(MatrixMultiply(MatrixMultiply(Square(memory), along), SumOfSquares(key)));
        Node<double> similarity = MatrixMultiply(memory, Transpose(key)) / lengths;
        Node<double> content = Normalized(Exp(MatrixMultiply(similarity, strength)));

        // (7): interpolation with the step before.
        Node<double> gated = MatrixMultiply(content, gate) + MatrixMultiply(previous, 1.0 - gate);

        // (8): Σ_j w(j) s(i − j), so shift 1 takes the weight of the row above.
        Node<double> shifted = MatrixMultiply(graph.Apply(new ConcatenateGate<double>(), Rotated(gated, 1), gated, Rotated(gated, rows - 1)), shift);

        // (9): sharpening, w^γ = e^(γ ln w).
        return Normalized(Exp(MatrixMultiply(Log(shifted), sharpness)));

        Node<double> Normalized(Node<double> w) => w / MatrixMultiply(down, Sum(w));
    }

    /// <summary>The rows from one on, then those before it.</summary>
    private static Node<double> Rotated(Node<double> column, int first) => column.Graph.Apply(
        new ConcatenateGate<double>(Axis.Rows),
        column.Graph.Apply(new SliceGate<double>(first.., ..), column),
        column.Graph.Apply(new SliceGate<double>(..first, ..), column));

    /// <summary>The same weights in loops over plain numbers.</summary>
    public static double[] Address(
        Matrix<double> memory, Matrix<double> key, double strength, double gate, Matrix<double> shift, double sharpness, Matrix<double> previous)
    {
        int rows = memory.RowCount;
        var content = new double[rows];
        for (int i = 0; i < rows; i++)
        {
            double product = 0, memorySquares = 0, keySquares = 0;
            for (int j = 0; j < memory.ColumnCount; j++)
            {
                product += memory[i, j] * key[0, j];
                memorySquares += memory[i, j] * memory[i, j];
                keySquares += key[0, j] * key[0, j];
            }

            content[i] = Math.Exp(strength * product / (Math.Sqrt(memorySquares) * Math.Sqrt(keySquares)));
        }

        double contentSum = content.Sum();
        var sharpened = new double[rows];
        for (int i = 0; i < rows; i++)
        {
            double shifted = 0;
            for (int k = -1; k <= 1; k++)
            {
                int j = (i - k + rows) % rows;
                shifted += shift[k + 1, 0] * ((gate * content[j] / contentSum) + ((1 - gate) * previous[j, 0]));
            }

            sharpened[i] = Math.Pow(shifted, sharpness);
        }

        double sum = sharpened.Sum();
        return [.. sharpened.Select(weight => weight / sum)];
    }
}
