namespace NeuralNet.Core.GradientChecking.Diagnosis;

/// <summary>The gradient is zero everywhere.</summary>
internal sealed class MissingHypothesis : IHypothesis
{
    public GradientDiagnosis? Test(GradientEvidence evidence) => evidence.Analytic.AsSpan().ContainsAnyExcept(0.0)
        ? null
        : new GradientDiagnosis(
            evidence.Variable.Name,
            GradientMistake.Missing,
            "the gradient is zero everywhere: the backward pass does not reach this variable, or its result is not stored");
}
