namespace NeuralNet.Core.GradientChecking.Diagnosis;

/// <summary>The factor local gradient is missing, that of the whole function or of the activation at its end.</summary>
internal sealed class LocalGradientHypothesis : IHypothesis
{
    public GradientDiagnosis? Test(GradientEvidence evidence)
    {
        if (!evidence.HasShape)
        {
            return null;
        }

        if (!evidence.TakesUpstream || evidence.Output.HasShapeOf(evidence.Variable.Value))
        {
            // A scalar function has the upstream 1.
            double[] upstream = [.. evidence.Entries.Select(entry => evidence.TakesUpstream ? evidence.Upstream.AsSpan()[entry] : 1)];
            GradientDiagnosis? found = evidence.Explain(
                upstream, GradientMistake.LocalGradientIgnored, "the local gradient is ignored: this is upstream alone");
            if (found is not null)
            {
                return found;
            }
        }

        return OutputActivation.Sigmoid.Explain(
                evidence, y => 1 / (y * (1 - y)), GradientMistake.LocalGradientIgnored, "the local gradient σ(1 − σ) of the sigmoid at the end is ignored")
            ?? OutputActivation.Tanh.Explain(
                evidence, y => 1 / (1 - (y * y)), GradientMistake.LocalGradientIgnored, "the local gradient 1 − tanh² of the tanh at the end is ignored");
    }
}
