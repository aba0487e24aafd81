using System.Numerics;

namespace NeuralNet.Core.Operations;

/// <summary>The factor β of a running mean <c>m ← β·m + (1 − β)·x</c>, and 1 − β, which is rounded to T once: in float, 1 − 0.999 of rounded numbers is wrong in the fifth digit.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public readonly record struct Smoothing<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly double _beta;

    /// <summary>A factor.</summary>
    /// <param name="beta">β, from 0 to below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">β is out of its range.</exception>
    public Smoothing(double beta)
    {
        if (!(beta >= 0 && beta < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(beta), beta, $"The factor of a running mean is a number from 0 to below 1, got {beta}.");
        }

        _beta = beta;
    }

    /// <summary>β: how much of the mean stays.</summary>
    public T Kept => T.CreateTruncating(_beta);

    /// <summary>1 − β: how much of what comes in is taken.</summary>
    public T Taken => T.CreateTruncating(1 - _beta);

    /// <summary><c>1 − β^t</c>: the sum of the weights of all that has come in, which a mean that began at 0 is to be divided by.</summary>
    /// <param name="step">t, how often something came in, 1 or more.</param>
    public double Weight(double step) => 1 - Math.Pow(_beta, step);
}
