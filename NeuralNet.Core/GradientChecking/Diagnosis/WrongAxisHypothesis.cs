using MathNet.Numerics.LinearAlgebra;

namespace NeuralNet.Core.GradientChecking.Diagnosis;

/// <summary>A sum on the way back goes over the other axis.</summary>
internal sealed class WrongAxisHypothesis : IHypothesis
{
    private const string Sum = "the wrong axis: a sum goes over rows where it must go over columns, or the reverse";

    public GradientDiagnosis? Test(GradientEvidence evidence) =>
        Broadcast(evidence) ?? UpstreamTransposed(evidence) ?? Softmax(evidence) ?? Centred(evidence);

    // y = the sums of x's rows: the gradient repeats upstream along each row. Repeated along the columns it is the transpose.
    private static GradientDiagnosis? Broadcast(GradientEvidence evidence)
    {
        if (evidence.Right is not { } right || right.RowCount != right.ColumnCount || right.RowCount == 1 || !(IsConstant(right) || IsConstant(right.Transpose())))
        {
            return null;
        }

        return evidence.Explain(right.Transpose(), GradientMistake.WrongAxis, Sum);
    }

    private static bool IsConstant(Matrix<double> matrix) =>
        matrix.EnumerateRows().All(row => row.Maximum() - row.Minimum() <= 1e-7 * Math.Max(Math.Abs(row.Maximum()), Math.Abs(row.Minimum())));

    private static GradientDiagnosis? UpstreamTransposed(GradientEvidence evidence)
    {
        int size = evidence.Output.RowCount;
        return !evidence.TakesUpstream || !evidence.HasShape || evidence.Output.ColumnCount != size || size == 1 ? null : evidence.Explain(
            evidence.GradientFor(k => evidence.Upstream.AsSpan()[(k / size) + (k % size * size)]), GradientMistake.WrongAxis, Sum);
    }

    private static GradientDiagnosis? Softmax(GradientEvidence evidence)
    {
        if (evidence.UpstreamOfShape is not { } u)
        {
            return null;
        }

        Matrix<double> y = evidence.Output;
        Matrix<double> ofLog = y.PointwiseExp();
        bool isSoftmax = IsDistribution(y) || IsDistribution(y.Transpose());
        if (!isSoftmax && !IsDistribution(ofLog) && !IsDistribution(ofLog.Transpose()))
        {
            return null;
        }

        foreach (Axis axis in (Axis[])[Axis.Rows, Axis.Columns, Axis.All])
        {
            Matrix<double> expected = isSoftmax
                ? y.PointwiseMultiply(u - Along(u.PointwiseMultiply(y), axis))
                : u - ofLog.PointwiseMultiply(Along(u, axis));
            GradientDiagnosis? found = evidence.Explain(
                expected, GradientMistake.WrongAxis, $"the wrong axis: the softmax's sum on the way back goes over {Word(axis)}, and not over what adds up to 1");
            if (found is not null)
            {
                return found;
            }
        }

        return null;
    }

    private static GradientDiagnosis? Centred(GradientEvidence evidence)
    {
        if (evidence.UpstreamOfShape is not { } u || evidence.Right is not { } right)
        {
            return null;
        }

        Matrix<double>[] centred = [.. ((Axis[])[Axis.Rows, Axis.Columns, Axis.All]).Select(axis => u - Mean(u, axis))];
        return centred.Any(c => (c - right).L2Norm() <= 1e-6 * right.L2Norm())
            ? centred.Select(c => evidence.Explain(c, GradientMistake.WrongAxis, "the wrong axis: the mean on the way back is that of the other axis"))
                .FirstOrDefault(found => found is not null)
            : null;
    }

    private static bool IsDistribution(Matrix<double> matrix) =>
        matrix.ColumnCount > 1 && matrix.ForAll(p => p >= 0) && matrix.RowSums().All(sum => Math.Abs(sum - 1) <= 1e-9);

    private static Matrix<double> Mean(Matrix<double> m, Axis axis) =>
        Along(m, axis) / (axis == Axis.Rows ? m.ColumnCount : axis == Axis.Columns ? m.RowCount : m.RowCount * m.ColumnCount);

    // The sums, repeated in the shape of the matrix.
    private static Matrix<double> Along(Matrix<double> m, Axis axis)
    {
        Vector<double> rows = m.RowSums(), columns = m.ColumnSums();
        double all = rows.Sum();
        return m.MapIndexed((i, j, _) => axis == Axis.Rows ? rows[i] : axis == Axis.Columns ? columns[j] : all, Zeros.Include);
    }

    private static string Word(Axis axis) => axis == Axis.Rows ? "rows" : axis == Axis.Columns ? "columns" : "everything";

    private enum Axis
    {
        Rows,
        Columns,
        All,
    }
}
