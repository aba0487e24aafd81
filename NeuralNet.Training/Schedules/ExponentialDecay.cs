using System.Globalization;
namespace NeuralNet.Training.Schedules;

/// <summary>Exponential decay, <c>γ^t</c>: every step multiplies the rate by γ.</summary>
/// <remarks>Source: CS231n, annealing the learning rate.</remarks>
public sealed class ExponentialDecay : LearningRateSchedule
{
    /// <summary>An exponential decay.</summary>
    /// <param name="gamma">γ, a fraction from 0 to 1, for each training step.</param>
    /// <exception cref="ArgumentOutOfRangeException">γ is out of its range.</exception>
    public ExponentialDecay(double gamma)
    {
        Require.Fraction(gamma);
        Gamma = gamma;
    }

    /// <summary>γ.</summary>
    public double Gamma { get; }

    /// <inheritdoc/>
    public override double Factor(long step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        return Math.Pow(Gamma, step);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"ExponentialDecay(γ {Gamma})");
}
