using MathNet.Numerics.LinearAlgebra;

namespace NeuralNet.Core.GradientChecking.Diagnosis;

/// <summary>The gradient is transposed (dYᵀ·X for Xᵀ·dY), or the matrix in it is (dY·W for dY·Wᵀ).</summary>
internal sealed class TransposedHypothesis : IHypothesis
{
    public GradientDiagnosis? Test(GradientEvidence evidence) => Result(evidence) ?? LocalGradient(evidence);

    private static GradientDiagnosis? Result(GradientEvidence evidence)
    {
        Matrix<double> value = evidence.Variable.Value;
        Matrix<double> analytic = evidence.Analytic;
        return analytic.RowCount != value.ColumnCount || analytic.ColumnCount != value.RowCount || evidence.Variable.Count == 1 ? null : evidence.Explain(
            [.. evidence.Entries.Select(entry => analytic[entry / value.RowCount, entry % value.RowCount])],
            evidence.Numeric,
            GradientMistake.Transposed,
            "the gradient is transposed: what stands at (i, j) belongs at (j, i)");
    }

    // J·upstream for Jᵀ·upstream, which the shapes allow where variable and output have the same.
    private static GradientDiagnosis? LocalGradient(GradientEvidence evidence)
    {
        if (!evidence.HasShape || !evidence.IsComplete || !evidence.Output.HasShapeOf(evidence.Variable.Value))
        {
            return null;
        }

        double[] upstream = evidence.Upstream.AsSpan().ToArray();
        return evidence.Explain(
            [.. evidence.Entries.Select(output => evidence.Columns.Select((column, entry) => column[output] * upstream[entry]).Sum())],
            GradientMistake.Transposed,
            "upstream is multiplied by the local gradient instead of its transpose: a product such as dY·W where dY·Wᵀ belongs, or X·dY for Xᵀ·dY");
    }
}
