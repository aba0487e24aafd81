using NeuralNet.Core.Differentiation;

namespace NeuralNet.Core.GradientChecking.Diagnosis;

/// <summary>The gradient is that of another variable of the same shape.</summary>
internal sealed class OtherVariableHypothesis : IHypothesis
{
    public GradientDiagnosis? Test(GradientEvidence evidence)
    {
        foreach (NamedMatrix<double> other in evidence.Others.Where(other => evidence.Analytic.HasShapeOf(other.Value)))
        {
            // Where the gradient has not the shape of its own variable, the entries to look at are those of the other.
            int[] entries = evidence.HasShape ? evidence.Entries : [.. Enumerable.Range(0, Math.Min(other.Count, 32))];
            double[] given = [.. entries.Select(entry => evidence.Analytic.AsSpan()[entry])];
            GradientDiagnosis? found = evidence.Explain(
                given, evidence.GradientBy(other, entries), GradientMistake.OtherVariable, $"this is the gradient of {other.Name}");
            if (found is not null)
            {
                return found;
            }
        }

        return null;
    }
}
