using NeuralNet.Core.Differentiation;

namespace NeuralNet.Core.GradientChecking.Diagnosis;

/// <summary>Where a variable is used several times, the gradient of a branch is lost.</summary>
internal sealed class ForkHypothesis : IHypothesis
{
    public GradientDiagnosis? Test(GradientEvidence evidence) => evidence.HasShape ? Uses(evidence) ?? Skip(evidence) : null;

    private static GradientDiagnosis? Uses(GradientEvidence evidence)
    {
        int count = evidence.Variable.Uses.Count;
        for (int use = 0; use < count && count > 1; use++)
        {
            double[] branch = evidence.GradientBy(new NamedMatrix<double>(evidence.Variable.Name, evidence.Variable.Uses[use]), evidence.Entries);
            GradientDiagnosis? found =
                evidence.Explain(branch, GradientMistake.NotAccumulated, $"= instead of += at a fork: only use {use + 1} of {count} counts")
                ?? evidence.Explain(
                    [.. evidence.Numeric.Zip(branch, (all, one) => all - one)],
                    GradientMistake.NotAccumulated,
                    $"use {use + 1} of {count} is lost at a fork: the gradients of the branches add up");
            if (found is not null)
            {
                return found;
            }
        }

        return null;
    }

    // y = f(x) + x: the gradient of the branch that does nothing is upstream itself.
    private static GradientDiagnosis? Skip(GradientEvidence evidence) =>
        !evidence.TakesUpstream || !evidence.Output.HasShapeOf(evidence.Variable.Value) ? null : evidence.Explain(
            [.. evidence.Numeric.Zip(evidence.Entries, (right, entry) => right - evidence.Upstream.AsSpan()[entry])],
            GradientMistake.NotAccumulated,
            "= instead of += at a fork: upstream of the branch that passes the variable on unchanged is lost");
}
