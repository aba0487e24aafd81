namespace NeuralNet.Core.GradientChecking.Diagnosis;

/// <summary>An entry is infinite or not a number.</summary>
internal sealed class NotFiniteHypothesis : IHypothesis
{
    public GradientDiagnosis? Test(GradientEvidence evidence)
    {
        ReadOnlySpan<double> gradient = evidence.Analytic.AsSpan();
        for (int i = 0; i < gradient.Length; i++)
        {
            if (!double.IsFinite(gradient[i]))
            {
                int rows = evidence.Analytic.RowCount;
                return new GradientDiagnosis(
                    evidence.Variable.Name,
                    GradientMistake.NotFinite,
                    FormattableString.Invariant($"the gradient is {gradient[i]} at ({i % rows}, {i / rows}): where the function is smooth it has a derivative, and at a kink any slope between the two sides will do, but it must be a number"));
            }
        }

        return null;
    }
}
