using System.Globalization;
namespace NeuralNet.Training.Schedules;

/// <summary>A straight line from a start factor up to 1, where it stays: <c>s + (1 − s)·t/n</c>, t at most n.</summary>
/// <remarks>PyTorch's <c>LinearLR</c>. <b>Source.</b> Goyal et al. (2017), section 2.2, gradual warmup.</remarks>
public sealed class LinearWarmup : LearningRateSchedule
{
    /// <summary>A line.</summary>
    /// <param name="steps">n, 1 or more: the first step with the whole rate.</param>
    /// <param name="start">s, a fraction from 0 to 1; by default 1/3, as in PyTorch. With 0 the first step moves nothing.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    public LinearWarmup(long steps, double start = 1.0 / 3)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        Require.Fraction(start);
        (Steps, Start) = (steps, start);
    }

    /// <summary>n.</summary>
    public long Steps { get; }

    /// <summary>s.</summary>
    public double Start { get; }

    /// <inheritdoc/>
    public override double Factor(long step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        return double.Lerp(Start, 1, Math.Min(step, Steps) / (double)Steps);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"LinearWarmup({Steps} steps, from {Start})");
}
