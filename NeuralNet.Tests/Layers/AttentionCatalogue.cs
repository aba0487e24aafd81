using System.Numerics;
using NeuralNet.Core;
using NeuralNet.Core.Randomness;
using NeuralNet.Core.Shapes;
using NeuralNet.Layers;
using NeuralNet.Layers.Attention;
using NeuralNet.Tests.Core.Gates;

namespace NeuralNet.Tests.Layers;

/// <summary>The entries of <see cref="LayerCatalogue"/> whose samples are sequences that look at themselves.</summary>
internal static class AttentionCatalogue
{
    private static readonly SampleShape s_sample = SampleShape.Sequence(4, 3);

    /// <summary>The entries.</summary>
    public static IEnumerable<GateEntry<T>> All<T>() where T : unmanaged, IFloatingPointIeee754<T> =>
    [
        new("per position", new PerPosition<T>(new Linear<T>(4, 3, new Random(1)))) { Sample = s_sample },
        new("per position, softmax", new PerPosition<T>(new NeuralNet.Core.Gates.Softmax<T>(), 4)) { Sample = s_sample },
        new("attention", new MultiHeadAttention<T>(4, 2, new Random(1))) { Sample = s_sample },
        new("attention of one head", new MultiHeadAttention<T>(4, 1, new Random(1), bias: false)) { Sample = s_sample },
        new("attention of one step", new MultiHeadAttention<T>(4, 2, new Random(1))) { Sample = SampleShape.Sequence(4, 1) },
        new("attention of a vector", new MultiHeadAttention<T>(4, 4, new Random(1))) { Sample = 4 },
        new("causal attention", new MultiHeadAttention<T>(4, 2, new Random(1), causal: true, context: 5)) { Sample = s_sample },
        new("causal attention of a long sequence", new MultiHeadAttention<T>(2, 1, new Random(1), causal: true)) { Sample = SampleShape.Sequence(2, 35) },
        new("rotary attention", new MultiHeadAttention<T>(4, 2, new Random(1), context: 3, rotary: true)) { Sample = s_sample },
        new("padded attention", new Masked<T>(new MultiHeadAttention<T>(4, 2, new Random(1)))) { Shapes = n => [(n, 12), (n, 3)] },
        new("padded block", new Masked<T>(new TransformerBlock<T>(4, 2, new Philox(1), 5, causal: true))) { Shapes = n => [(n, 12), (n, 3)] },
        new("learned positions", new LearnedPositions<T>(3, 4, new Random(1))) { Sample = s_sample },
        new("learned positions of a longer context", new LearnedPositions<T>(5, 4, new Random(1))) { Sample = s_sample },
        new("sinusoidal positions", new SinusoidalPositions<T>(4, 4)) { Sample = s_sample },
        new("block", new TransformerBlock<T>(4, 2, new Philox(1), 6)) { Sample = s_sample },
        new("causal block with the norm last", new TransformerBlock<T>(4, 2, new Philox(1), causal: true, normFirst: false, tanh: true)) { Sample = s_sample },
        new("rotary block with dropout", new TransformerBlock<T>(4, 1, new Philox(1), 6, dropout: 0.25, context: 3, rotary: true)) { Sample = s_sample, IsSameInEvaluation = false },
        new("decoder", Large(Transformer.Decoder<T>(6, 5, 4, 2, 1, new Philox(1)))) { Sample = 3, Words = 6 },
        new("rotary decoder with dropout", Large(Transformer.Decoder<T>(6, 3, 4, 2, 1, new Philox(1), 5, dropout: 0.25, rotary: true))) { Sample = 3, Words = 6, IsSameInEvaluation = false },
    ];

    // A norm makes the small vectors that a decoder begins with large, and the rounding of their gradients with them: vectors of about 1 instead.
    private static Sequential<T> Large<T>(Sequential<T> decoder) where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (NamedParameter<T> named in decoder.Parameters.Where(named => named.Name is "tokens.weight" or "positions.weight"))
        {
            named.Parameter.Value.Multiply(T.CreateChecked(50), named.Parameter.Value);
        }

        return decoder;
    }
}
