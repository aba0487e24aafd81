using NeuralNet.Core.Gates;
using NeuralNet.Core.Graphs;
using static NeuralNet.Core.Graphs.GraphFunctions;

namespace NeuralNet.Tests.Proofs;

/// <summary>
/// A long short-term memory cell written from gates (Hochreiter and Schmidhuber, 1997, with a forget gate) in the form and gate order of CS231n:
/// <c>[i f o g] = [x h]·W + b</c>, <c>c' = σ(f)∗c + σ(i)∗tanh(g)</c>, <c>h' = σ(o)∗tanh(c')</c>. (PyTorch's order is i, f, g, o.)
/// </summary>
internal static class LongShortTermMemory
{
    /// <summary>One step: x <c>[N×D]</c>, h and c <c>[N×H]</c>, w <c>[(D+H)×4H]</c>, b <c>[1×4H]</c>.</summary>
    public static (Node<double> H, Node<double> C) Step(Node<double> x, Node<double> h, Node<double> c, Node<double> w, Node<double> b, int units)
    {
        Graph<double> graph = x.Graph;
        Node<double> sums = AddRow(MatrixMultiply(graph.Apply(new ConcatenateGate<double>(), x, h), w), b);
        Node<double> i = Sigmoid(Part(0)), f = Sigmoid(Part(1)), o = Sigmoid(Part(2)), g = Tanh(Part(3));
        Node<double> next = (f * c) + (i * g);
        return (o * Tanh(next), next);

        Node<double> Part(int gate) => graph.Apply(new SliceGate<double>(.., (gate * units)..((gate + 1) * units)), sums);
    }

    /// <summary>The same step for all samples in loops over plain numbers; changes h and c.</summary>
    public static void Step(Matrix<double> x, double[,] h, double[,] c, Matrix<double> w, Matrix<double> b)
    {
        int units = h.GetLength(1);
        for (int n = 0; n < x.RowCount; n++)
        {
            var sums = new double[4 * units];
            for (int column = 0; column < sums.Length; column++)
            {
                sums[column] = b[0, column];
                for (int d = 0; d < x.ColumnCount; d++)
                {
                    sums[column] += x[n, d] * w[d, column];
                }

                for (int unit = 0; unit < units; unit++)
                {
                    sums[column] += h[n, unit] * w[x.ColumnCount + unit, column];
                }
            }

            for (int unit = 0; unit < units; unit++)
            {
                double i = Logistic(sums[unit]), f = Logistic(sums[units + unit]), o = Logistic(sums[(2 * units) + unit]);
                c[n, unit] = (f * c[n, unit]) + (i * Math.Tanh(sums[(3 * units) + unit]));
                h[n, unit] = o * Math.Tanh(c[n, unit]);
            }
        }
    }

    private static double Logistic(double x) => 1 / (1 + Math.Exp(-x));
}
