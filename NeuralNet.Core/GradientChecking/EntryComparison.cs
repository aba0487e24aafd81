using NeuralNet.Core.Differentiation;

namespace NeuralNet.Core.GradientChecking;

/// <summary>One entry of a variable: its numerical derivative, as exact as the comparison needs it, and the judgement of a gradient.</summary>
/// <param name="variable">The variable.</param>
/// <param name="entry">Position in it, column after column.</param>
/// <param name="function">The function as a whole.</param>
/// <param name="numerical">What measures.</param>
internal sealed class EntryComparison(
    NamedMatrix<double> variable, int entry, FunctionSize function, NumericalGradient numerical)
{
    // Beside this much of an ordinary slope, a gradient is zero.
    private const double Negligible = 1e-7;

    // A gradient that the quotient shows to fewer digits is not resolved.
    private const double Resolved = 1e-3;
    private const double Suspicious = 1e-2;
    private const double KinkTolerance = 1e-5;
    private const double Epsilon = 4 * 2.220446049250313e-16;

    private bool _isThorough;
    private double _granularity;

    /// <summary>Position in the variable, column after column.</summary>
    public int Entry => entry;

    /// <summary>The numerical derivative.</summary>
    public DerivativeEstimate Estimate { get; private set; } = new(double.NaN, double.PositiveInfinity, 0, 0, IsKink: true);

    /// <summary>The judgement of a gradient.</summary>
    /// <param name="analytic">The gradient by the entry.</param>
    /// <param name="tolerance">The largest good relative error.</param>
    public EntryFinding Judge(double analytic, double tolerance)
    {
        if (Estimate.Step == 0 && !_isThorough)
        {
            Estimate = numerical.By(variable, entry, analytic);
        }

        if (!double.IsFinite(analytic))
        {
            return new(GradientVerdict.Wrong, double.PositiveInfinity);
        }

        EntryFinding finding = Compare(analytic, tolerance);
        bool isSure = finding.Verdict == GradientVerdict.Good && (!finding.IsKink || variable[entry] == 0);
        if (isSure || _isThorough)
        {
            return finding;
        }

        // The quick sweep and the gradient differ, or it found a kink near the point: every step there is decides.
        DerivativeEstimate quick = Estimate;
        Estimate = numerical.Thoroughly(variable, entry, out _granularity);
        _isThorough = true;
        EntryFinding thorough = Compare(analytic, tolerance);
        if (finding.IsKink && thorough.Verdict == GradientVerdict.NotResolved)
        {
            Estimate = quick;
            return finding;
        }

        return thorough;
    }

    private EntryFinding Compare(double analytic, double tolerance)
    {
        if (Estimate.IsKink)
        {
            return OfKink(analytic);
        }

        double difference = Math.Abs(analytic - Estimate.Value);
        double scale = Math.Max(Math.Abs(analytic), Math.Abs(Estimate.Value));
        double resolution = Estimate.Resolution;
        if (scale == 0)
        {
            return new(GradientVerdict.Good, 0);
        }

        if (difference > resolution && _isThorough && (Estimate.Value == 0 || resolution > 1e-3 * Math.Abs(Estimate.Value)))
        {
            resolution = Math.Max(resolution, Hidden());
        }

        // What is within the resolution counts as an error of 1e-7 at the most, if the resolution is fine enough to tell something. What is a little beyond
        // may be an underestimate of the resolution, and is no more than suspicious.
        double error = difference / (difference <= 3 * resolution ? Math.Max(scale, resolution / Negligible) : scale);
        if (error <= tolerance && (difference > resolution || resolution <= tolerance * scale))
        {
            return new(GradientVerdict.Good, error);
        }

        if (difference > resolution)
        {
            return _isThorough && IsRoundingOfBackward(difference) ? new(GradientVerdict.Good, 0)
                : new(error <= Suspicious ? GradientVerdict.Suspicious : GradientVerdict.Wrong, error);
        }

        double ordinary = Ordinary(resolution / Negligible);
        return resolution <= Negligible * ordinary || function.IsRoundingOfZero(analytic) ? new(GradientVerdict.Good, error)
            : resolution <= Resolved * scale ? new(difference <= tolerance * scale ? GradientVerdict.Good : GradientVerdict.Acceptable, difference / scale)
            : new(GradientVerdict.NotResolved, difference / scale);
    }

    // Any slope between the two will do; where there is one only, as at the border of a domain, it must be that.
    private EntryFinding OfKink(double analytic)
    {
        (double left, double right) = (Estimate.Left, Estimate.Right);
        if (!double.IsFinite(left) || !double.IsFinite(right))
        {
            double side = double.IsFinite(left) ? left : right;
            return Math.Abs(analytic - side) <= KinkTolerance * Math.Max(Math.Abs(side), Math.Abs(analytic))
                ? new(GradientVerdict.Good, 0, IsKink: true)
                : new(GradientVerdict.NotResolved, 0);
        }

        double scale = Math.Max(Math.Max(Math.Abs(left), Math.Abs(right)), Math.Abs(analytic));
        double outside = Math.Max(Math.Min(left, right) - analytic, analytic - Math.Max(left, right));
        double error = outside <= (KinkTolerance * scale) + (64 * Estimate.Rounding) ? 0 : outside / scale;
        return error == 0 ? new(GradientVerdict.Good, 0, IsKink: true)
            : new(error <= Suspicious ? GradientVerdict.Suspicious : GradientVerdict.Wrong, error);
    }

    // A backward pass rounds, too: a probability less its target is 0 to the last bit of 1, and what the function is at a sure prediction is 0 beside what it is ordinarily.
    private bool IsRoundingOfBackward(double difference) =>
        difference <= Epsilon * Ordinary(difference / Epsilon)
            || (difference * Math.Max(1, Math.Abs(variable[entry])) <= Epsilon * numerical.OrdinaryValue(function.Variables)
                && numerical.Value <= Epsilon * numerical.OrdinaryValue(function.Variables));

    private double Ordinary(double enough) => numerical.Elsewhere(variable, entry, enough);

    // Numbers as large as the function's own changes cancel inside it, or its values move in grains: then short steps show no change at all.
    private double Hidden()
    {
        double reach = Math.Max(1, Math.Abs(variable[entry]));
        double size = Ordinary(double.PositiveInfinity) * reach;
        double grain = _granularity <= 1e-10 * size ? 2 * _granularity : 0;
        return Math.Max(grain, Epsilon * size) / (2 * StepSweep.Step(-2, variable[entry]));
    }
}
