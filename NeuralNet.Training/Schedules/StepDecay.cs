using System.Globalization;
namespace NeuralNet.Training.Schedules;

/// <summary>Step decay: the factor is multiplied by γ after every so many steps, <c>γ^⌊t/s⌋</c>.</summary>
/// <remarks>Source: CS231n, annealing the learning rate.</remarks>
public sealed class StepDecay : LearningRateSchedule
{
    /// <summary>A decay in steps.</summary>
    /// <param name="every">s, training steps between two drops, 1 or more.</param>
    /// <param name="gamma">γ, a fraction from 0 to 1; by default 0.5.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    public StepDecay(long every, double gamma = 0.5)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(every, 1);
        Require.Fraction(gamma);
        (Every, Gamma) = (every, gamma);
    }

    /// <summary>s.</summary>
    public long Every { get; }

    /// <summary>γ.</summary>
    public double Gamma { get; }

    /// <inheritdoc/>
    public override double Factor(long step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        return Math.Pow(Gamma, step / Every);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"StepDecay(every {Every}, γ {Gamma})");
}
