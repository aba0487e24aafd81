using System.Numerics;
using NeuralNet.Core.Initializers;
using NeuralNet.Core.Randomness;

namespace NeuralNet.Layers.Attention;

/// <summary>Recipes of whole networks.</summary>
public static class Transformer
{
    /// <summary>A decoder, as GPT is: tokens and their positions become vectors, go through causal blocks with the norm first, a last norm, and become a logit for each token of the
    /// vocabulary, at each step that of the next token.</summary>
    /// <remarks>The network is a <see cref="Sequential{T}"/> of <c>tokens</c>, <c>positions</c> (unless rotary), <c>dropout</c> (if any), <c>block0</c>, <c>block1</c>, …, <c>norm</c>, <c>head</c>:
    /// indices <c>[N×T]</c> to logits <c>[N×(V·T)]</c>, for a cross-entropy with a label for each position. <see cref="StepByStep{T}"/> generates with it. <b>Source.</b> Radford and
    /// others (2019), section 2.3.</remarks>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="vocabulary">V, tokens that there are, 1 or more.</param>
    /// <param name="context">The most steps of a sequence, 1 or more.</param>
    /// <param name="width">E, channels of a step, 1 or more.</param>
    /// <param name="heads">Heads of each attention, a divisor of the width.</param>
    /// <param name="blocks">Blocks, 0 or more.</param>
    /// <param name="random">The generator that weights are drawn from, and that those of the dropouts are forked from.</param>
    /// <param name="hidden">Hidden channels of a block's network, 1 or more; null, the default, for 4·E.</param>
    /// <param name="dropout">The probability that an entry is dropped, of the first vectors and where ways join, from 0, the default, to below 1.</param>
    /// <param name="rotary">Whether queries and keys are turned by their positions instead of a vector being added to each; by default they are not.</param>
    /// <param name="tanh">Whether the GELU is the approximation with tanh, as GPT-2 has it; by default it is exact.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
    /// <exception cref="ArgumentException">The heads do not divide the width, or a head of a rotary network has an odd width.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static Sequential<T> Decoder<T>(
        int vocabulary, int context, int width, int heads, int blocks, Philox random, int? hidden = null, double dropout = 0, bool rotary = false, bool tanh = false)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(random);
        ArgumentOutOfRangeException.ThrowIfNegative(blocks);
        List<SequentialPart<T>> parts = [("tokens", new Embedding<T>(vocabulary, width, random, initializer: new Normal(0.02)))];
        if (!rotary)
        {
            parts.Add(("positions", new LearnedPositions<T>(context, width, random)));
        }

        if (dropout != 0)
        {
            parts.Add(("dropout", new Dropout<T>(dropout, random.Fork((ulong)blocks))));
        }

        // Each block draws from a generator of its own.
        parts.AddRange(Enumerable.Range(0, blocks).Select(i => new SequentialPart<T>(
            $"block{i}", new TransformerBlock<T>(width, heads, random.Fork((ulong)i), hidden, causal: true, dropout: dropout, context: context, rotary: rotary, tanh: tanh))));
        parts.Add(("norm", new LayerNorm<T>(width, perPosition: true)));
        parts.Add(("head", new PerPosition<T>(new Linear<T>(width, vocabulary, random))));
        return new Sequential<T>(parts);
    }
}
