using System.Globalization;
using System.Numerics;
using NeuralNet.Core;

namespace NeuralNet.Training;

/// <summary>Stops a training that has run away, and says where and why.</summary>
/// <remarks>
/// <para><b>What is looked at</b>, in this order, so that the first cause is named and not what follows from it: the network's inputs, the parameters,
/// the states, and then each part's output through the gate's structure, to any depth. A loss that is finite proves nothing: a sigmoid makes 1 of +∞, a ReLU makes 0
/// of −∞, and the backward pass of either spoils the weights.</para>
/// <para><b>Cost.</b> One reading pass over inputs, parameters and outputs, no allocation; where that is too much, <c>every</c> says how often.</para>
/// <para><b>Infinities that are meant</b>, such as a mask of −∞ before a softmax, are reported like others: check such a network by its loss and its
/// parameters, with the overload that takes the network.</para>
/// </remarks>
public static class Divergence
{
    /// <summary>Throws when the loss, or anything in the network that gave it, is NaN or infinite, naming the step and the first cause. To be called
    /// between the forward pass and the update.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="loss">The loss of the step.</param>
    /// <param name="step">The step, counted by the caller; 0 or more.</param>
    /// <param name="cache">The network's training cache of that step. Any gate will do as a network. Parts that another network has left in it are ignored.</param>
    /// <param name="every">How often the network is looked through while the loss is finite: at every step that this number divides; 1, the default, is
    /// each. A loss that is not finite is looked into at any step.</param>
    /// <exception cref="NotFiniteNumberException">Something is not finite; the message says what, and the exception has the number.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="step"/> is negative or <paramref name="every"/> below 1.</exception>
    /// <exception cref="InvalidOperationException">The cache holds no pass of a network that could be looked through.</exception>
    public static void ThrowIfNotFinite<T>(T loss, long step, Cache<T> cache, int every = 1) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(cache);
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        ArgumentOutOfRangeException.ThrowIfLessThan(every, 1);
        bool isLossFinite = T.IsFinite(loss);
        if (isLossFinite && step % every != 0)
        {
            return;
        }

        if (cache.Owner is not Gate<T> network)
        {
            string holds = cache.Owner is null ? "no forward pass (was it made without keeping one, or is it another?)" : $"the pass of {cache.Owner}, which is no network";
            throw isLossFinite
                ? new InvalidOperationException($"Divergence looks through the cache of the network's forward pass, but this one holds {holds}.")
                : Stop(loss, step, new NonFiniteFinding($"The cause cannot be told: the cache given holds {holds}.", double.CreateTruncating(loss)));
        }

        NonFiniteFinding? found = NonFiniteSearch.InPass(network, cache);
        if (found is not null || !isLossFinite)
        {
            throw Stop(loss, step, found ?? new NonFiniteFinding(
                "The network's input, its parameters and every layer's output are finite, so the loss has overflowed or has no value there: lower the learning rate, " +
                "scale the targets, and look at the loss and its target.", double.CreateTruncating(loss)));
        }
    }

    /// <summary>Throws when a parameter or a state of a network is NaN or infinite, naming it: after the last step, which no forward pass follows.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="network">The network, or any other gate.</param>
    /// <param name="step">How many steps were taken, counted by the caller; 0 or more.</param>
    /// <exception cref="NotFiniteNumberException">One of them is not finite; the message says where, and the exception has the number.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="step"/> is negative.</exception>
    public static void ThrowIfNotFinite<T>(Gate<T> network, long step) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        if (NonFiniteSearch.InValues(network) is { } found)
        {
            throw new NotFiniteNumberException(string.Create(CultureInfo.InvariantCulture, $"Training stopped at step {step}. {found.Words}"), found.Number);
        }
    }

    private static NotFiniteNumberException Stop<T>(T loss, long step, NonFiniteFinding finding) where T : unmanaged, IFloatingPointIeee754<T> =>
        new(string.Create(CultureInfo.InvariantCulture, $"Training stopped at step {step}: the loss is {loss}. {finding.Words}"), finding.Number);
}
