using System.Globalization;
namespace NeuralNet.Training.Schedules;

/// <summary>One schedule for so many steps, then another one, which counts from its own 0.</summary>
/// <remarks>PyTorch's <c>SequentialLR</c>.</remarks>
public sealed class SequentialSchedule : LearningRateSchedule
{
    /// <summary>A sequence of two; either may be one itself.</summary>
    /// <param name="first">The first schedule.</param>
    /// <param name="steps">Its steps, 1 or more.</param>
    /// <param name="next">The schedule of all steps after them.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no steps.</exception>
    public SequentialSchedule(LearningRateSchedule first, long steps, LearningRateSchedule next)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        ArgumentNullException.ThrowIfNull(next);
        (First, Steps, Next) = (first, steps, next);
    }

    /// <summary>The first schedule.</summary>
    public LearningRateSchedule First { get; }

    /// <summary>Its steps.</summary>
    public long Steps { get; }

    /// <summary>The schedule of all steps after them.</summary>
    public LearningRateSchedule Next { get; }

    /// <inheritdoc/>
    public override double Factor(long step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        return step < Steps ? First.Factor(step) : Next.Factor(step - Steps);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{First} for {Steps} steps, then {Next}");
}
