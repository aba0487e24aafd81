namespace NeuralNet.Core.GradientChecking.Diagnosis;

/// <summary>The gradient is the negative of the right one.</summary>
internal sealed class SignHypothesis : IHypothesis
{
    public GradientDiagnosis? Test(GradientEvidence evidence) => evidence.Explain(
        [.. evidence.Numeric.Select(n => -n)], GradientMistake.SignFlipped, "the sign is flipped");
}
