using System.Globalization;
namespace NeuralNet.Training.Schedules;

/// <summary>A straight line from 1 down to a minimum, where it stays: <c>1 − (1 − m)·t/n</c>, t at most n.</summary>
/// <remarks>PyTorch's <c>LinearLR</c> with <c>start_factor=1</c>.</remarks>
public sealed class LinearDecay : LearningRateSchedule
{
    /// <summary>A line.</summary>
    /// <param name="steps">n, 1 or more: the first step with the minimum.</param>
    /// <param name="minimum">m, a fraction from 0 to 1; by default 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    public LinearDecay(long steps, double minimum = 0)
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
        return double.Lerp(1, Minimum, Math.Min(step, Steps) / (double)Steps);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"LinearDecay({Steps} steps, minimum {Minimum})");
}
