namespace NeuralNet.Core.GradientChecking.Diagnosis;

/// <summary>The gradient is off by a multiple of the variable itself (L2), or of its signs (L1).</summary>
internal sealed class RegularizationHypothesis : IHypothesis
{
    public GradientDiagnosis? Test(GradientEvidence evidence) => !evidence.HasShape ? null
        : Test(evidence, evidence.Values, "W", "λ·ΣW², which adds 2λ·W")
        ?? Test(evidence, [.. evidence.Values.Select(w => (double)Math.Sign(w))], "sign(W)", "λ·Σ|W|, which adds λ·sign(W)");

    private static GradientDiagnosis? Test(GradientEvidence evidence, double[] direction, string symbol, string term)
    {
        double factor = evidence.Fit(direction, i => evidence.Numeric[i]);
        string? meaning = FactorNames.Of(factor, evidence);
        return factor == 0 || (meaning is null && !evidence.AllowsFit) ? null : evidence.Explain(
            [.. evidence.Numeric.Select((n, i) => n + (factor * direction[i]))],
            GradientMistake.Regularization,
            $"the regularisation term ({term}) {(factor < 0 ? "is left out" : "is counted twice, or where it does not belong")}: " +
            FormattableString.Invariant($"the gradient is off by {factor:g6}·{symbol}") +
            (meaning is null ? "" : FormattableString.Invariant($", {factor:g6} = {meaning}")),
            factor);
    }
}
