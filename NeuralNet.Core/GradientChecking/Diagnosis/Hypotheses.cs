namespace NeuralNet.Core.GradientChecking.Diagnosis;

/// <summary>All hypotheses, in the order in which they are tried: of two that fit, the more particular comes first.</summary>
internal static class Hypotheses
{
    private static readonly IHypothesis[] All =
    [
        new NotFiniteHypothesis(),
        new OverwrittenHypothesis(),
        new MissingHypothesis(),
        new SignHypothesis(),
        new TransposedHypothesis(),
        new BatchHypothesis(),
        new ForkHypothesis(),
        new OtherVariableHypothesis(),
        new StaleCacheHypothesis(),
        new UpstreamHypothesis(),
        new LocalGradientHypothesis(),
        new ActivationHypothesis(),
        new FactorHypothesis(),
        new RegularizationHypothesis(),
        new UnknownHypothesis(),
    ];

    /// <summary>The first that explains a wrong gradient; at the worst, that it is unknown.</summary>
    /// <param name="evidence">The wrong gradient.</param>
    public static GradientDiagnosis Diagnose(GradientEvidence evidence) =>
        All.Select(hypothesis => hypothesis.Test(evidence)).First(diagnosis => diagnosis is not null)!;
}
