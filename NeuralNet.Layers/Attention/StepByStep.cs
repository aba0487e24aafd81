using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;

namespace NeuralNet.Layers.Attention;

/// <summary>A causal network that takes sequences step by step, as text is generated: the keys and values of earlier steps stay in the caller's cache, so a step costs what it costs, and
/// not what the whole sequence does.</summary>
/// <remarks>
/// <para>What comes out for a step is that of the network's forward pass of the whole sequence, up to rounding: products of other sizes are summed in another order.</para>
/// <para><b>Cache.</b> One made for inference, <c>new Cache&lt;float&gt;(training: false)</c>, which serves these steps alone: for each sequence in it 2·context·E numbers a layer of attention.</para>
/// <para><b>Threads.</b> The object is immutable: several threads can use it, each with its own cache.</para>
/// </remarks>
/// <example>
/// <code>
/// var steps = new StepByStep&lt;float&gt;(network);
/// var cache = new Cache&lt;float&gt;(training: false);
/// Matrix&lt;float&gt; logits = steps.Next(prompt, 0, cache);      // [N×(V·t)] of tokens [N×t]
/// logits = steps.Next(token, prompt.ColumnCount, cache);     // [N×V] of [N×1]
/// </code>
/// </example>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class StepByStep<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Layer<T> _network;

    /// <summary>A network, step by step.</summary>
    /// <param name="network">A <see cref="Sequential{T}"/> of layers that work on each step alone, and of causal attention with a context; used, not copied.</param>
    /// <exception cref="ArgumentException">A layer in it needs the whole sequence, or is not known to do without.</exception>
    public StepByStep(Layer<T> network)
    {
        ArgumentNullException.ThrowIfNull(network);
        ThrowIfWhole(network);
        _network = network;
    }

    /// <summary>The output for the next steps.</summary>
    /// <param name="input">t steps of each of N sequences: tokens <c>[N×t]</c>, or channels <c>[N×(E·t)]</c> where the network begins with such.</param>
    /// <param name="position">How many steps came before: 0 begins anew. At most those that the cache has seen; what came after them is forgotten.</param>
    /// <param name="cache">Holds the keys and values.</param>
    /// <returns>The network's output for these steps, valid until the next call with this cache.</returns>
    /// <exception cref="ArgumentException">The steps do not fit the network, or are beyond its context.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The position is negative.</exception>
    /// <exception cref="InvalidOperationException">The cache is one for training or keeps passes, or has not seen the steps before the position.</exception>
    public Matrix<T> Next(Matrix<T> input, int position, Cache<T> cache)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(cache);
        ArgumentOutOfRangeException.ThrowIfNegative(position);
        return cache.IsTraining || cache.Keeps
            ? throw new InvalidOperationException("Steps are taken with a cache for inference, new Cache<T>(training: false): there is no way back through them.")
            : Next(_network, input, position, cache);
    }

    private static Matrix<T> Next(Layer<T> layer, Matrix<T> input, int position, Cache<T> cache)
    {
        switch (layer)
        {
            case Sequential<T> chain:
                for (int i = 0; i < chain.Layers.Count; i++)
                {
                    input = Next(chain.Layers[i], input, position, cache[i]);
                }

                return input;
            case SequenceLayer<T> sequence:
                return sequence.Step(input, position, cache);
            case PositionLayer<T> positions:
                return positions.Step(input, position, cache);
            default:
                return layer.Forward(input, cache);
        }
    }

    private static void ThrowIfWhole(Layer<T> layer)
    {
        if (layer is Sequential<T> chain)
        {
            foreach (Layer<T> part in chain.Layers)
            {
                ThrowIfWhole(part);
            }

            return;
        }

        string? reason = layer switch
        {
            SequenceLayer<T> { IsCausal: false } => "it is not causal, so a step depends on those after it",
            SequenceLayer<T> { Context: null } => "it has no context, which says how many keys are to be held",
            SequenceLayer<T> or PositionLayer<T> or Embedding<T> or PerPosition<T> or Dropout<T> or LayerNorm<T> { InputShape: null } => null,
            _ => layer.IsElementwise ? null : "it is not known to work on each step alone; a PerPosition says that it does",
        };
        if (reason is not null)
        {
            throw new ArgumentException($"{layer} cannot go step by step: {reason}.", nameof(layer));
        }
    }
}
