using System.Globalization;
namespace NeuralNet.Training.Schedules;

/// <summary>1/t decay, <c>1 / (1 + k·t)</c>.</summary>
/// <remarks>Source: CS231n, annealing the learning rate.</remarks>
public sealed class InverseTimeDecay : LearningRateSchedule
{
    /// <summary>A 1/t decay.</summary>
    /// <param name="rate">k, for each training step; a finite number, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">k is out of its range.</exception>
    public InverseTimeDecay(double rate)
    {
        Require.NotNegative(rate);
        Rate = rate;
    }

    /// <summary>k.</summary>
    public double Rate { get; }

    /// <inheritdoc/>
    public override double Factor(long step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        return 1 / (1 + (Rate * step));
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"InverseTimeDecay(k {Rate})");
}
