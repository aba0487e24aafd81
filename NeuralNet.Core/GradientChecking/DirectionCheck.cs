using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core.Differentiation;

namespace NeuralNet.Core.GradientChecking;

/// <summary>
/// A gradient against derivatives along random directions over all entries of its variable, where those are too many to look at each; a wrong entry is then found by
/// halving.
/// </summary>
/// <remarks>
/// Speeds are normal numbers, so the derivative along a direction is off by a normal number whose deviation is the norm of the gradient's error. One below T is
/// missed with the probability <c>P(|z| &lt; T/norm) ≤ 0.8·T/norm</c>, and by k directions with the k-th power of that.
/// </remarks>
internal sealed class DirectionCheck(VariableComparison comparison, Matrix<double> gradient, NumericalGradient numerical, Random random, double tolerance)
{
    private const int MostNamed = 8;
    private const double Epsilon = 2.220446049250313e-16;

    // Coarser than this, a direction tells nothing.
    private const double Coarse = 1e-3;

    private readonly NamedMatrix<double> _variable = comparison.Variable;

    /// <summary>How many directions told something.</summary>
    public int Directions { get; private set; }

    /// <summary>The error that all of them miss with a probability below 1e-3, relative to the gradient.</summary>
    public double SmallestSeen { get; private set; }

    /// <summary>Compares along directions; entries that are found wrong are added to the comparison.</summary>
    /// <param name="count">How many directions.</param>
    /// <returns>Whether the gradient agrees with all of them.</returns>
    public bool Run(int count)
    {
        double coarsest = 0;
        for (int i = 0; i < count; i++)
        {
            double[] speeds = Speeds();
            Deviation found = Measure(All, speeds);
            if (!found.IsResolved)
            {
                found = Measure(All, Scale(speeds));
            }

            if (found.IsWrong && !Name(speeds))
            {
                return false;
            }

            if (found.IsResolved)
            {
                Directions++;
                coarsest = Math.Max(coarsest, found.Threshold);
            }
        }

        SmallestSeen = Directions == 0 ? 0 : 0.8 * coarsest / Math.Pow(1e-3, 1.0 / Directions);
        return true;
    }

    private int[] All => field ??= [.. Enumerable.Range(0, _variable.Count)];

    // Whether nothing is wrong after all: the entries that halving leads to are right by themselves, as at kinks.
    private bool Name(double[] speeds)
    {
        bool isRight = true;
        speeds = [.. speeds];
        for (int named = 0; named < MostNamed; named++)
        {
            int entry = Halve(speeds);
            if (entry < 0)
            {
                break;
            }

            isRight &= !comparison.Add(entry, gradient);
            speeds[entry] = 0;
            if (!Measure(All, speeds).IsWrong)
            {
                break;
            }
        }

        return isRight;
    }

    private int Halve(double[] speeds)
    {
        int[] entries = All;
        while (entries.Length > 1)
        {
            int[] first = entries[..(entries.Length / 2)], second = entries[(entries.Length / 2)..];
            if (Measure(first, speeds).IsWrong)
            {
                entries = first;
            }
            else if (Measure(second, speeds).IsWrong)
            {
                entries = second;
            }
            else
            {
                return -1;
            }
        }

        return entries[0];
    }

    private Deviation Measure(int[] entries, double[] speeds)
    {
        double[] along = entries.Length == speeds.Length ? speeds : [.. entries.Select(entry => speeds[entry])];
        ReadOnlySpan<double> given = gradient.AsSpan();
        double expected = 0, square = 0, rounding = 0;
        for (int i = 0; i < entries.Length; i++)
        {
            double part = given[entries[i]] * along[i];
            double shift = given[entries[i]] * _variable[entries[i]];
            expected += part;
            square += part * part;
            rounding += shift * shift;
        }

        double norm = Math.Sqrt(square);
        DerivativeEstimate estimate = numerical.Along(new Movement((_variable, entries, along)), expected, norm);

        // Every entry is rounded as it moves, too.
        double threshold = Math.Max(estimate.Resolution + (2 * Epsilon * Math.Sqrt(rounding) / estimate.Step), tolerance * norm / 10);
        if (estimate.IsKink)
        {
            double lowest = Math.Min(estimate.Left, estimate.Right), highest = Math.Max(estimate.Left, estimate.Right);
            double slack = 1e-5 * (norm + Math.Abs(highest - lowest));
            return new(expected < lowest - slack || expected > highest + slack, IsResolved: false, 0);
        }

        bool isResolved = threshold <= Coarse * norm;
        return new(Math.Abs(expected - estimate.Value) > threshold, isResolved || square == 0, norm == 0 ? 0 : threshold / norm);
    }

    // Steps relative to each entry, for functions whose scale is that of the variable.
    private double[] Scale(double[] speeds)
    {
        double smallest = Enumerable.Range(0, speeds.Length).Select(i => Math.Abs(_variable[i])).Where(x => x > 0).DefaultIfEmpty(1).Min();
        return [.. speeds.Select((speed, i) => speed * (_variable[i] == 0 ? smallest : Math.Abs(_variable[i])))];
    }

    private double[] Speeds()
    {
        double[] speeds = new double[_variable.Count];
        for (int i = 0; i < speeds.Length; i += 2)
        {
            // Box and Muller: two normal numbers from two uniform ones.
            double radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
            (double sin, double cos) = Math.SinCos(Math.Tau * random.NextDouble());
            speeds[i] = radius * cos;
            if (i + 1 < speeds.Length)
            {
                speeds[i + 1] = radius * sin;
            }
        }

        return speeds;
    }

    private readonly record struct Deviation(bool IsWrong, bool IsResolved, double Threshold);
}
