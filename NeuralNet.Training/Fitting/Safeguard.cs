using System.Globalization;
using System.Numerics;
using NeuralNet.Core;
using NeuralNet.Training.Optimizers;

namespace NeuralNet.Training.Fitting;

/// <summary>Ends a training whose numbers are not finite any more, and puts the last good weights back.</summary>
/// <param name="network">The network.</param>
/// <param name="optimizer">The optimiser.</param>
/// <param name="cache">The network's training cache.</param>
/// <param name="average">The averaged weights, if there are any.</param>
/// <param name="interval">Every how many steps parameters and gradients are looked at, and good ones copied.</param>
internal sealed class Safeguard<T>(Layer<T> network, Optimizer<T> optimizer, Cache<T> cache, ExponentialMovingAverage<T>? average, int interval)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly WeightSnapshot<T> _good = new(network, optimizer, average);
    private long _step;

    /// <summary>Throws where the loss of a step is not finite.</summary>
    /// <exception cref="NotFiniteNumberException">It is not; the message says why.</exception>
    public void CheckLoss(T loss)
    {
        if (!T.IsFinite(loss))
        {
            try
            {
                Divergence.ThrowIfNotFinite(loss, optimizer.Steps, cache);
            }
            catch (NotFiniteNumberException exception)
            {
                throw Stopped(exception);
            }
        }
    }

    /// <summary>Looks at parameters, states and gradients between a backward pass and its update, where it is time to.</summary>
    /// <remarks>Outputs inside the network are looked at only to find the cause: a mask of −∞ before a softmax is meant, and spoils nothing.</remarks>
    /// <exception cref="NotFiniteNumberException">Something is not finite.</exception>
    public void CheckGradients()
    {
        if (_step++ % interval != 0)
        {
            return;
        }

        NonFiniteFinding? found = NonFiniteSearch.InValues(network) ?? NonFiniteSearch.InGradients(network);
        ThrowIf(found is null ? null : NonFiniteSearch.InPass(network, cache) ?? found);
        _good.Take();
    }

    /// <summary>Looks at the parameters and states after the last step of an epoch.</summary>
    /// <exception cref="NotFiniteNumberException">One of them is not finite.</exception>
    public void CheckValues()
    {
        ThrowIf(NonFiniteSearch.InValues(network));
        _good.Take();
    }

    /// <summary>Puts the last good weights back, and says so in an exception that goes on from the one that was found.</summary>
    /// <param name="found">What was found.</param>
    public NotFiniteNumberException Stopped(NotFiniteNumberException found)
    {
        string step = found.Message.StartsWith("Training stopped", StringComparison.Ordinal) ? "" : $"Training stopped at step {optimizer.Steps}. ";
        string kept = " Nothing was trained yet.";
        if (_good.IsTaken)
        {
            kept = string.Create(CultureInfo.InvariantCulture, $" The weights after {_good.Steps} {(_good.Steps == 1 ? "step" : "steps")}, the last that were looked at and good, are in the network again.");
            _good.Restore();
        }

        return new NotFiniteNumberException($"{step}{found.Message}{kept}", found.OffendingNumber, found);
    }

    private void ThrowIf(NonFiniteFinding? found)
    {
        if (found is not null)
        {
            throw Stopped(new NotFiniteNumberException(found.Words, found.Number));
        }
    }
}
