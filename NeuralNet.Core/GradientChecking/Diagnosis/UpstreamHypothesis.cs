namespace NeuralNet.Core.GradientChecking.Diagnosis;

/// <summary>The factor upstream is missing, or there twice.</summary>
internal sealed class UpstreamHypothesis : IHypothesis
{
    public GradientDiagnosis? Test(GradientEvidence evidence) => !evidence.TakesUpstream || !evidence.HasShape ? null
        : evidence.Explain(
            evidence.GradientFor(_ => 1), GradientMistake.UpstreamIgnored, "upstream is ignored: this is the local gradient alone")
        ?? evidence.Explain(
            evidence.GradientFor(k => evidence.Upstream.AsSpan()[k] * evidence.Upstream.AsSpan()[k]),
            GradientMistake.UpstreamIgnored,
            "the local gradient is multiplied by upstream twice");
}
