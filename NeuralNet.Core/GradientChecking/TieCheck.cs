using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core.Differentiation;

namespace NeuralNet.Core.GradientChecking;

/// <summary>Ties, as of a maximum: each gradient may lie between its one-sided slopes and all of them together be wrong. Where several entries move the same output and
/// have kinks, the function is smooth along the line on which the tie stays, and there the gradients must add up.</summary>
internal sealed class TieCheck(NumericalGradient numerical)
{
    // More kinks than these are looked at one by one only.
    private const int MostKinks = 64;

    /// <summary>The variables that take part in a tie whose gradients do not add up.</summary>
    /// <param name="variables">The comparisons, with the gradients.</param>
    public IEnumerable<(NamedMatrix<double> Variable, string Explanation)> Run(IEnumerable<(VariableComparison Comparison, Matrix<double> Gradient)> variables)
    {
        Kink[] kinks =
        [
            .. variables.SelectMany(v => v.Comparison.Kinks.Select(k => new Kink(v.Comparison.Variable, k.Entry, v.Gradient.AsSpan()[k.Entry], k.Estimate)))
                .Where(k => double.IsFinite(k.Estimate.Left) && double.IsFinite(k.Estimate.Right) && k.Slope != 0).Take(MostKinks),
        ];
        foreach (Kink[] tie in Groups(kinks).Where(group => group.Length > 1))
        {
            double longest = tie.Max(k => 1 / Math.Abs(k.Slope));
            double[] speeds = [.. tie.Select(k => 1 / k.Slope / longest)];
            DerivativeEstimate along = numerical.Along(new Movement(tie.Select((k, i) => (k.Variable, new[] { k.Entry }, new[] { speeds[i] }))));
            double sum = tie.Select((k, i) => k.Given * speeds[i]).Sum();
            double size = tie.Select((k, i) => Math.Abs(k.Given * speeds[i])).Sum();
            if (!along.IsKink && double.IsFinite(along.Value) && Math.Abs(sum - along.Value) > along.Resolution + (1e-5 * Math.Max(size, Math.Abs(along.Value))))
            {
                string explanation = FormattableString.Invariant(
                    $"a tie: along the line on which it stays the function is smooth and rises by {along.Value:g6}, but the gradients add up to {sum:g6}; ") +
                    "of equal values one takes all of upstream, or they share it";
                foreach (NamedMatrix<double> variable in tie.Select(k => k.Variable).Distinct())
                {
                    yield return (variable, explanation);
                }
            }
        }
    }

    // Kinks that bend the same way, and move an output that another of the group moves. Those of a sum, which bend each for itself, do not cancel then.
    private IEnumerable<Kink[]> Groups(Kink[] kinks)
    {
        double[][] columns = [.. kinks.Select(k => numerical.Column(k.Variable, k.Entry, k.Estimate.Step))];
        List<Kink> left = [.. kinks];
        while (left.Count > 0)
        {
            List<Kink> group = [left[0]];
            left.RemoveAt(0);
            for (int i = 0; i < group.Count; i++)
            {
                Kink[] touching = [.. left.Where(k => k.IsConvex == group[i].IsConvex && Share(columns[Array.IndexOf(kinks, k)], columns[Array.IndexOf(kinks, group[i])]))];
                group.AddRange(touching);
                left.RemoveAll(touching.Contains);
            }

            yield return [.. group];
        }
    }

    private static bool Share(double[] one, double[] other) => one.Zip(other).Any(pair => pair.First != 0 && pair.Second != 0);

    private sealed record Kink(NamedMatrix<double> Variable, int Entry, double Given, DerivativeEstimate Estimate)
    {
        public double Slope => (Estimate.Left + Estimate.Right) / 2;

        public bool IsConvex => Estimate.Right > Estimate.Left;
    }
}
