using System.Globalization;
namespace NeuralNet.Training.Schedules;

/// <summary>One cycle: half a cosine from <c>1/d</c> up to 1, then half a cosine down to <c>1/(d·e)</c> in the last step, where it stays. The optimiser's rate is the highest.</summary>
/// <remarks>PyTorch's <c>OneCycleLR</c> with two phases and cosines, which has an error after the last step. The momentum stays as it is: there it is cycled against the rate.
/// <b>Source.</b> Smith and Topin (2018), super-convergence; Smith (2018), section 4.</remarks>
public sealed class OneCycle : LearningRateSchedule
{
    /// <summary>A cycle.</summary>
    /// <param name="steps">n, the steps of the training, 1 or more.</param>
    /// <param name="warmup">The fraction of them in which the rate rises, from 0 to 1; by default 0.3.</param>
    /// <param name="divisor">d, 1 or more; by default 25.</param>
    /// <param name="finalDivisor">e, 1 or more; by default 10,000.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    public OneCycle(long steps, double warmup = 0.3, double divisor = 25, double finalDivisor = 1e4)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        Require.Fraction(warmup);
        Require.OneOrMore(divisor);
        Require.OneOrMore(finalDivisor);
        (Steps, Warmup, Divisor, FinalDivisor) = (steps, warmup, divisor, finalDivisor);
    }

    /// <summary>n.</summary>
    public long Steps { get; }

    /// <summary>The fraction of the steps in which the rate rises.</summary>
    public double Warmup { get; }

    /// <summary>d.</summary>
    public double Divisor { get; }

    /// <summary>e.</summary>
    public double FinalDivisor { get; }

    /// <inheritdoc/>
    public override double Factor(long step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        double start = 1 / Divisor, final = start / FinalDivisor, peak = (Warmup * Steps) - 1, last = Steps - 1;
        return step >= last && peak < last ? final
            : step < peak ? CosineAnnealing.Between(start, 1, step / peak)
            : step >= last ? 1
            : CosineAnnealing.Between(1, final, (step - peak) / (last - peak));
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"OneCycle({Steps} steps, warm-up {Warmup}, divisor {Divisor}, final divisor {FinalDivisor})");
}
