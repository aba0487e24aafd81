namespace NeuralNet.Core.GradientChecking.Diagnosis;

/// <summary>All hypotheses, in the order in which they are tried: of two that fit, the more particular comes first.</summary>
internal static class Hypotheses
{
    private static readonly IHypothesis[] All =
    [
        new NotFiniteHypothesis(),
        new AccumulationHypothesis(),
        new KinkHypothesis(),
        new MissingHypothesis(),
        new SignHypothesis(),
        new WrongAxisHypothesis(),
        new TransposedHypothesis(),
        new BatchHypothesis(),
        new RowsHypothesis(),
        new ForkHypothesis(),
        new OtherVariableHypothesis(),
        new StaleCacheHypothesis(),
        new UpdatedBeforeUseHypothesis(),
        new UpstreamHypothesis(),
        new TargetHypothesis(),
        new StatisticHypothesis(),
        new DiagonalHypothesis(),
        new MaskHypothesis(),
        new LocalGradientHypothesis(),
        new ActivationHypothesis(),
        new PowerHypothesis(),
        new MisplacedHypothesis(),
        new WeightsHypothesis(),
        new ChainHypothesis(),
    ];

    // A factor explains much, so it comes late, and one beside another mistake last.
    private static readonly IHypothesis[] Fitted = [new FactorHypothesis(), new RegularizationHypothesis()];

    /// <summary>The first that explains a wrong gradient; at the worst, that it is unknown.</summary>
    /// <param name="evidence">The wrong gradient.</param>
    public static GradientDiagnosis Diagnose(GradientEvidence evidence)
    {
        GradientDiagnosis? found = First(All.Concat(Fitted), evidence);
        if (found is null)
        {
            evidence.AllowFactor();
            found = First(All.Where(hypothesis => hypothesis is not AccumulationHypothesis), evidence);
        }

        return found ?? UnknownHypothesis.Describe(evidence);
    }

    private static GradientDiagnosis? First(IEnumerable<IHypothesis> hypotheses, GradientEvidence evidence) =>
        hypotheses.Select(hypothesis => hypothesis.Test(evidence)).FirstOrDefault(diagnosis => diagnosis is not null);
}
