using System.Numerics;
using NeuralNet.Core;

namespace NeuralNet.Layers.Recurrent;

/// <summary>Lets the passes with a cache go on from each other: the recurrent layers of a network begin with the h and c that they ended with in the pass before.</summary>
/// <remarks>
/// <para>For truncated backpropagation (long sequences in pieces: gradients stop at the beginning of a piece, numbers do not) and for inference step by step, with a sequence of one
/// step in each pass. The state belongs to the cache; the network is not changed, and another cache knows nothing of it.</para>
/// <para>All passes with such a cache go on from the one before, forward passes without a backward pass too. A pass that failed may have moved some layers on: start anew.</para>
/// <para><b>Source.</b> Werbos (1990), truncated as by Williams and Peng (1990). <b>Threads.</b> As the cache: one at a time.</para>
/// </remarks>
/// <example><code>
/// RecurrentState.Start(network, cache);
/// foreach (Matrix&lt;float&gt; piece in pieces)
/// {
///     Matrix&lt;float&gt; output = network.Forward(piece, cache);
/// }
/// </code></example>
public static class RecurrentState
{
    /// <summary>From now on the passes with this cache go on from each other; the next one begins with zeros. Called again, it begins anew.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="network">The network, or a layer.</param>
    /// <param name="cache">Its cache.</param>
    /// <exception cref="ArgumentException">The network has no recurrent layer.</exception>
    /// <exception cref="InvalidOperationException">A layer reads both directions, so it cannot go on.</exception>
    public static void Start<T>(Gate<T> network, Cache<T> cache) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!ForEach(network, cache, static (layer, itsCache) => layer.StartState(itsCache)))
        {
            throw new ArgumentException($"{network} has no recurrent layer, so there is no state to carry over.", nameof(network));
        }
    }

    /// <summary>From now on each pass with this cache begins with zeros again, as it does before <see cref="Start"/>.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="network">The network, or a layer.</param>
    /// <param name="cache">Its cache.</param>
    public static void Stop<T>(Gate<T> network, Cache<T> cache) where T : unmanaged, IFloatingPointIeee754<T> =>
        ForEach(network, cache, static (_, itsCache) => RecurrentLayer<T>.StopState(itsCache));

    private static bool ForEach<T>(Gate<T> gate, Cache<T> cache, Action<RecurrentLayer<T>, Cache<T>> action) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(gate);
        ArgumentNullException.ThrowIfNull(cache);
        bool isFound = false;
        if (gate is RecurrentLayer<T> layer)
        {
            action(layer, cache);
            isFound = true;
        }

        for (int i = 0; i < gate.Children.Count; i++)
        {
            isFound |= ForEach(gate.Children[i].Gate, cache[i], action);
        }

        return isFound;
    }
}
