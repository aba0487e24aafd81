namespace NeuralNet.Core.GradientChecking.Diagnosis;

/// <summary>The gradient is that of the forward pass before.</summary>
internal sealed class StaleCacheHypothesis : IHypothesis
{
    public GradientDiagnosis? Test(GradientEvidence evidence) => evidence.HasShape
        ? evidence.Explain(
            evidence.GradientAtPreviousPoint(),
            GradientMistake.StaleCache,
            "the cache is stale: this is the gradient at the values of an earlier forward pass")
        : null;
}
