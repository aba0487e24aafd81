using System.Globalization;
namespace NeuralNet.Training.Schedules;

/// <summary>Half a cosine from 1 down to a minimum, where it stays: <c>m + (1 − m)·(1 + cos(π·t/n))/2</c>, t at most n.</summary>
/// <remarks>PyTorch's <c>CosineAnnealingLR</c>, which rises again after n steps. <b>Source.</b> Loshchilov and Hutter (2017), equation 5, without restarts;
/// <see cref="CosineRestarts"/> has them.</remarks>
public sealed class CosineAnnealing : LearningRateSchedule
{
    /// <summary>A cosine.</summary>
    /// <param name="steps">n, 1 or more: the first step with the minimum.</param>
    /// <param name="minimum">m, a fraction from 0 to 1; by default 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    public CosineAnnealing(long steps, double minimum = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        Require.Fraction(minimum);
        (Steps, Minimum) = (steps, minimum);
    }

    /// <summary>n.</summary>
    public long Steps { get; }

    /// <summary>m.</summary>
    public double Minimum { get; }

    /// <inheritdoc/>
    public override double Factor(long step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        return Between(1, Minimum, Math.Min(step, Steps) / (double)Steps);
    }

    /// <summary>Half a cosine from one number to another.</summary>
    /// <param name="from">The number at 0.</param>
    /// <param name="to">The number at 1, given to the bit.</param>
    /// <param name="way">How far, from 0 to 1.</param>
    internal static double Between(double from, double to, double way) => to + ((from - to) * ((1 + Math.Cos(Math.PI * way)) / 2));

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"CosineAnnealing({Steps} steps, minimum {Minimum})");
}
