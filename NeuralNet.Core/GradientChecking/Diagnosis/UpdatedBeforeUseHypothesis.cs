using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core.Differentiation;

namespace NeuralNet.Core.GradientChecking.Diagnosis;

/// <summary>The backward pass changes a parameter, and computes this gradient with what it is then.</summary>
internal sealed class UpdatedBeforeUseHypothesis : IHypothesis
{
    public GradientDiagnosis? Test(GradientEvidence evidence)
    {
        if (!evidence.HasShape)
        {
            return null;
        }

        foreach (NamedMatrix<double> other in evidence.Others)
        {
            if (evidence.ValuesAfterBackward(other) is not { } values)
            {
                continue;
            }

            string explanation = $"{other.Name} is updated before this gradient is computed with it: first all gradients, then the step";
            Matrix<double> updated = Matrix<double>.Build.Dense(other.Value.RowCount, other.Value.ColumnCount, values);
            GradientDiagnosis? found = evidence.Explain(evidence.GradientIf(other, values), GradientMistake.UpdatedBeforeUse, explanation)
                ?? (evidence.Right is { } right && right.ColumnCount == updated.RowCount && updated.ColumnCount <= updated.RowCount
                    ? evidence.Explain(
                        right * other.Value.Transpose().PseudoInverse() * updated.Transpose(), GradientMistake.UpdatedBeforeUse, explanation)
                    : null);
            if (found is not null)
            {
                return found;
            }
        }

        return null;
    }
}
