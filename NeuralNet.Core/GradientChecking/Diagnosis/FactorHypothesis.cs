namespace NeuralNet.Core.GradientChecking.Diagnosis;

/// <summary>The gradient is a constant times the right one.</summary>
internal sealed class FactorHypothesis : IHypothesis
{
    public GradientDiagnosis? Test(GradientEvidence evidence)
    {
        if (!evidence.HasShape)
        {
            return null;
        }

        double factor = evidence.Fit(evidence.Numeric, _ => 0);
        string? meaning = FactorNames.Of(factor, evidence);

        // One number is a multiple of any other: then only a factor that means something explains it.
        return meaning is null && !evidence.AllowsFit ? null : evidence.Explain(
            [.. evidence.Numeric.Select(n => factor * n)],
            GradientMistake.WrongFactor,
            FormattableString.Invariant($"off by the factor {factor:g6}{(meaning is null ? "" : $" = {meaning}")}"),
            factor);
    }
}
