namespace NeuralNet.Core.GradientChecking.Diagnosis;

/// <summary>What the outputs of a function would be if it ended in a certain activation.</summary>
/// <param name="Lowest">All outputs are above this.</param>
/// <param name="Highest">All outputs are below this.</param>
internal sealed record OutputActivation(double Lowest, double Highest)
{
    public static OutputActivation Sigmoid { get; } = new(0, 1);

    public static OutputActivation Tanh { get; } = new(-1, 1);

    /// <summary>The diagnosis, if the derivative of the activation is off by a factor that depends on the output.</summary>
    /// <param name="evidence">The wrong gradient.</param>
    /// <param name="ratio">The wrong derivative over the right one, from the output.</param>
    /// <param name="mistake">The mistake.</param>
    /// <param name="explanation">The mistake in words.</param>
    public GradientDiagnosis? Explain(GradientEvidence evidence, Func<double, double> ratio, GradientMistake mistake, string explanation)
    {
        foreach (double y in evidence.Output.AsSpan())
        {
            if (!(y > Lowest && y < Highest))
            {
                return null;
            }
        }

        return evidence.Explain(
            evidence.GradientFor(k => evidence.Upstream.AsSpan()[k] * ratio(evidence.Output.AsSpan()[k])), mistake, explanation);
    }
}
