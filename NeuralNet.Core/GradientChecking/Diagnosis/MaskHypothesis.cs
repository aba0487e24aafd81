namespace NeuralNet.Core.GradientChecking.Diagnosis;

/// <summary>The mask of a ReLU is another one, or the slope on one side is left out.</summary>
internal sealed class MaskHypothesis : IHypothesis
{
    public GradientDiagnosis? Test(GradientEvidence evidence)
    {
        double[] right = evidence.Numeric, x = evidence.HasShape ? evidence.Values : [];
        if (!evidence.HasShape)
        {
            return null;
        }

        // Where the gradient is right on one side and zero on the other.
        if (x.Any(v => v > 0) && x.Any(v => v < 0))
        {
            GradientDiagnosis? side = Side(v => v > 0, "negative") ?? Side(v => v < 0, "positive");
            if (side is not null)
            {
                return side;
            }
        }

        if (evidence.UpstreamOfShape is not { } upstream)
        {
            return null;
        }

        double[] u = [.. evidence.Entries.Select(entry => upstream.AsSpan()[entry])];
        double[] slopes = [.. right.Zip(u, (r, v) => r / v)];
        double[] levels = [.. slopes.Select(s => Math.Round(s, 6)).Distinct()];
        if (levels.Length != 2)
        {
            return null;
        }

        (double low, double high) = (levels.Min(), levels.Max());
        double[] y = [.. evidence.Entries.Select(entry => evidence.Output.AsSpan()[entry])];
        return Mask(u, "upstream", "its input") ?? Mask([.. u.Select(v => -v)], "upstream", "its input (and inverted)") ?? Inverted();

        GradientDiagnosis? Mask(double[] by, string from, string instead) => evidence.Explain(
            [.. u.Select((v, i) => v * (by[i] > 0 ? high : low))], GradientMistake.WrongMask, $"the mask is taken from the sign of {from} instead of {instead}");

        GradientDiagnosis? Inverted() => evidence.Explain(
            [.. u.Select((v, i) => v * (low + high - slopes[i]))], GradientMistake.WrongMask, "the mask is inverted: the two sides of the function are exchanged");

        GradientDiagnosis? Side(Func<double, bool> isKept, string left)
        {
            int[] others = [.. Enumerable.Range(0, x.Length).Where(i => !isKept(x[i]) && right[i] != 0)];
            double[] ratios = evidence.UpstreamOfShape is { } given ? [.. others.Select(i => Math.Round(right[i] / given.AsSpan()[evidence.Entries[i]], 6)).Distinct()] : [];
            string slope = ratios is [var one] ? FormattableString.Invariant($" ({one:g6}, as of a leaky ReLU)") : "";
            return others.Length == 0 ? null : evidence.Explain(
                [.. right.Select((r, i) => isKept(x[i]) ? r : 0)],
                GradientMistake.WrongActivationDerivative,
                $"the slope on the {left} side{slope} is left out: the gradient is zero there");
        }
    }
}
