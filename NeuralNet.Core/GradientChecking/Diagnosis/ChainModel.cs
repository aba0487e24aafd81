using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core.Differentiation;

namespace NeuralNet.Core.GradientChecking.Diagnosis;

/// <summary>A function that turns out to be layers one after the other, <c>fₖ(… f₁(X·W₁ + b₁) …·Wₖ + bₖ)</c>: found by trying which layers of its variables give its
/// output.</summary>
/// <remarks>So a diagnosis can say in which layer something is missing, although the function is somebody's code as a whole.</remarks>
internal sealed class ChainModel
{
    private const int MostLayers = 4;
    private const int MostVariables = 9;
    private const int MostTied = 2;
    private const int MostNumbers = 20_000;

    private ChainModel(ChainLayer[] layers, NamedMatrix<double> input, Matrix<double> upstream, bool isTurned) =>
        (Layers, Input, Upstream, IsTurned) = (layers, input, upstream, isTurned);

    /// <summary>The layers, first to last.</summary>
    public ChainLayer[] Layers { get; }

    /// <summary>The variable that the first layer takes.</summary>
    public NamedMatrix<double> Input { get; }

    /// <summary>Upstream, with samples in rows.</summary>
    public Matrix<double> Upstream { get; }

    /// <summary>Whether samples are the columns of input and output; layers here have them in rows all the same.</summary>
    public bool IsTurned { get; }

    /// <summary>The chain that a function is, or null.</summary>
    /// <param name="evidence">The evidence.</param>
    public static ChainModel? Of(GradientEvidence evidence)
    {
        IReadOnlyList<NamedMatrix<double>> variables = evidence.Variables;
        if (!evidence.TakesUpstream || variables.Count is < 2 or > MostVariables || variables.Sum(v => (long)v.Count) > MostNumbers)
        {
            return null;
        }

        foreach (bool isTurned in (bool[])[false, true])
        {
            Matrix<double> output = Turn(evidence.Output, isTurned), upstream = Turn(evidence.Upstream, isTurned);
            foreach (NamedMatrix<double> input in variables)
            {
                Matrix<double> x = Turn(input.Value, isTurned);
                if (x.RowCount != output.RowCount)
                {
                    continue;
                }

                NamedMatrix<double>[] rest = [.. variables.Where(v => v != input)];
                foreach (ChainLayer[] layers in Extend([], x, rest, output, isTurned, tied: 0))
                {
                    return new ChainModel(layers, input, upstream, isTurned);
                }
            }
        }

        return null;
    }

    private static Matrix<double> Turn(Matrix<double> m, bool isTurned) => isTurned ? m.Transpose() : m;

    // All chains that use every variable and end in the output.
    private static IEnumerable<ChainLayer[]> Extend(
        ChainLayer[] layers, Matrix<double> h, NamedMatrix<double>[] rest, Matrix<double> output, bool isTurned, int tied)
    {
        if (rest.Length == 0 && layers.Length > 0 && IsNear(h, output))
        {
            yield return layers;
        }

        if (layers.Length == MostLayers)
        {
            yield break;
        }

        // Weights that come next, or once more the only ones there are.
        NamedMatrix<double>[] used = [.. layers.Select(layer => layer.Weight).Distinct()];
        IEnumerable<NamedMatrix<double>> weights = rest.Take(1).Concat(rest.Length == 0 && used.Length == 1 && tied < MostTied ? used : []);
        foreach (NamedMatrix<double> weight in weights)
        {
            bool isNew = rest.Length > 0 && ReferenceEquals(weight, rest[0]);
            foreach (bool isTransposed in (bool[])[isTurned, !isTurned])
            {
                Matrix<double> w = isTransposed ? weight.Value.Transpose() : weight.Value;
                if (w.RowCount != h.ColumnCount)
                {
                    continue;
                }

                NamedMatrix<double>[] after = isNew ? rest[1..] : rest;
                Matrix<double> product = h * w;
                NamedMatrix<double>? bias = after.Length > 0 && after[0].Count == w.ColumnCount && after[0].Value.RowCount == (isTurned ? w.ColumnCount : 1) ? after[0] : null;
                Matrix<double> sum = bias is null ? product : product.MapIndexed((_, j, v) => v + bias[j], Zeros.Include);
                NamedMatrix<double>[] left = bias is null ? after : after[1..];
                bool isLast = left.Length == 0 && sum.ColumnCount == output.ColumnCount;
                foreach (ChainActivation activation in isLast ? [.. ChainActivation.Hidden, ChainActivation.Softmax] : ChainActivation.Hidden)
                {
                    Matrix<double> y = activation.Value(sum);
                    var layer = new ChainLayer(weight, isTransposed, bias, activation, h, sum, y);
                    foreach (ChainLayer[] found in Extend([.. layers, layer], y, left, output, isTurned, isNew ? tied : tied + 1))
                    {
                        yield return found;
                    }
                }
            }
        }
    }

    private static bool IsNear(Matrix<double> one, Matrix<double> other) =>
        one.HasShapeOf(other) && (one - other).L2Norm() <= 1e-9 * other.L2Norm();
}
