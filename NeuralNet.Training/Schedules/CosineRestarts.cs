using System.Globalization;
namespace NeuralNet.Training.Schedules;

/// <summary>Half a cosine from 1 down to a minimum, again and again: <c>m + (1 − m)·(1 + cos(π·t/n))/2</c>, where t counts from the last restart, and n grows by a factor with each.</summary>
/// <remarks>PyTorch's <c>CosineAnnealingWarmRestarts</c>. <b>Source.</b> Loshchilov and Hutter (2017), equation 5.</remarks>
public sealed class CosineRestarts : LearningRateSchedule
{
    /// <summary>Cosines.</summary>
    /// <param name="steps">n of the first, 1 or more.</param>
    /// <param name="growth">What n is multiplied by at each restart, 1 or more; by default 1.</param>
    /// <param name="minimum">m, a fraction from 0 to 1, which is approached before each restart; by default 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    public CosineRestarts(long steps, int growth = 1, double minimum = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(growth, 1);
        Require.Fraction(minimum);
        (Steps, Growth, Minimum) = (steps, growth, minimum);
    }

    /// <summary>n of the first cosine.</summary>
    public long Steps { get; }

    /// <summary>What n is multiplied by.</summary>
    public int Growth { get; }

    /// <summary>m.</summary>
    public double Minimum { get; }

    /// <inheritdoc/>
    public override double Factor(long step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        long length = Steps;
        if (Growth == 1)
        {
            step %= length;
        }
        else
        {
            while (step >= length)
            {
                step -= length;
                // A cosine that is longer than any count of steps never ends.
                length = length > long.MaxValue / Growth ? long.MaxValue : length * Growth;
            }
        }

        return CosineAnnealing.Between(1, Minimum, step / (double)length);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"CosineRestarts({Steps} steps, growth {Growth}, minimum {Minimum})");
}
