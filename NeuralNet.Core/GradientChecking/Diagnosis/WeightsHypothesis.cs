using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core.Differentiation;

namespace NeuralNet.Core.GradientChecking.Diagnosis;

/// <summary>The gradient is what another matrix of weights would give: one that is not transposed on the way back, or a kernel that is not flipped.</summary>
internal sealed class WeightsHypothesis : IHypothesis
{
    public GradientDiagnosis? Test(GradientEvidence evidence)
    {
        if (!evidence.HasShape)
        {
            return null;
        }

        foreach (NamedMatrix<double> other in evidence.Others)
        {
            GradientDiagnosis? found = Untransposed(evidence, other) ?? Unflipped(evidence, other);
            if (found is not null)
            {
                return found;
            }
        }

        return null;
    }

    // dX = dZ·Wᵀ, so dZ·W = dX·(Wᵀ)⁻¹·W, whatever dZ is; and with samples in columns Wᵀ·dZ.
    private static GradientDiagnosis? Untransposed(GradientEvidence evidence, NamedMatrix<double> other)
    {
        Matrix<double> w = other.Value;
        if (w.RowCount != w.ColumnCount || w.RowCount == 1 || evidence.Right is not { } right || Math.Abs(w.Determinant()) < 1e-9)
        {
            return null;
        }

        string explanation = $"{other.Name} is not transposed on the way back: dY·W where dY·Wᵀ belongs";
        return (right.ColumnCount == w.RowCount
                ? evidence.Explain(right * w.Transpose().Inverse() * w, GradientMistake.Transposed, explanation) : null)
            ?? (right.RowCount == w.RowCount
                ? evidence.Explain(w * w.Transpose().Inverse() * right, GradientMistake.Transposed, explanation) : null);
    }

    private static GradientDiagnosis? Unflipped(GradientEvidence evidence, NamedMatrix<double> other)
    {
        const int Largest = 400;
        if (other.Count < 2 || other.Count > Largest)
        {
            return null;
        }

        double[] values = other.Value.AsSpan().ToArray();
        Array.Reverse(values);
        return evidence.Explain(
            evidence.GradientIf(other, values), GradientMistake.Misplaced, $"{other.Name} is used in reverse order on the way back: the kernel of a convolution is flipped there, or already is");
    }
}
