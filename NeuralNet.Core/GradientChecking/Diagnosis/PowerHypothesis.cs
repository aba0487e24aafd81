namespace NeuralNet.Core.GradientChecking.Diagnosis;

/// <summary>The derivative of a function of one number is off by a power of the number, or is the function itself.</summary>
internal sealed class PowerHypothesis : IHypothesis
{
    public GradientDiagnosis? Test(GradientEvidence evidence)
    {
        if (!evidence.HasShape || evidence.Variable.Count < 2)
        {
            return null;
        }

        double[] x = evidence.Values;
        return Power(1, "x^n for x^(n − 1), or a factor x too many")
            ?? Power(-1, "x^(n − 2) for x^(n − 1), or a factor x too few")
            ?? Power(2, "a factor x² too many")
            ?? Power(-2, "a factor x² too few")
            ?? (evidence.UpstreamOfShape is { } u
                ? evidence.Explain(
                    [.. evidence.Entries.Select(entry => u.AsSpan()[entry] * evidence.Output.AsSpan()[entry])],
                    GradientMistake.WrongActivationDerivative,
                    "the function itself instead of its derivative: upstream times the output")
                : null);

        GradientDiagnosis? Power(int power, string words) => x.Contains(0) ? null : evidence.Explain(
            [.. evidence.Numeric.Zip(x, (n, v) => n * Math.Pow(v, power))], GradientMistake.WrongActivationDerivative, $"the derivative is off by a power of the variable: {words}");
    }
}
