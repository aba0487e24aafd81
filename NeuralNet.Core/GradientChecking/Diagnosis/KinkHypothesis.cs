using NeuralNet.Core.Differentiation;

namespace NeuralNet.Core.GradientChecking.Diagnosis;

/// <summary>The gradient is right where the function is smooth, and at a kink it is no slope that could be meant.</summary>
internal sealed class KinkHypothesis : IHypothesis
{
    public GradientDiagnosis? Test(GradientEvidence evidence)
    {
        if (!evidence.HasShape || evidence.Given.Zip(evidence.Numeric, (g, n) => Math.Abs(g - n)).Any(d => d > 1e-6 * evidence.Largest))
        {
            return null;
        }

        int rows = evidence.Analytic.RowCount;
        foreach ((int entry, DerivativeEstimate kink) in evidence.Kinks)
        {
            double given = evidence.Analytic.AsSpan()[entry];
            double slack = 1e-4 * (Math.Abs(kink.Left) + Math.Abs(kink.Right));
            if (given < Math.Min(kink.Left, kink.Right) - slack || given > Math.Max(kink.Left, kink.Right) + slack)
            {
                return new GradientDiagnosis(
                    evidence.Variable.Name,
                    GradientMistake.WrongAtKink,
                    FormattableString.Invariant(
                        $"at the kink ({entry % rows}, {entry / rows}) the gradient is {given:g6}, and must lie between the slopes on both sides, {kink.Left:g6} and {kink.Right:g6}"));
            }
        }

        return null;
    }
}
