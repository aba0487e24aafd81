using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Core.Randomness;
using NeuralNet.Core.Shapes;
using NeuralNet.Layers;
using NeuralNet.Layers.Attention;
using NeuralNet.Layers.Memory;
using NeuralNet.Layers.Recurrent;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Optimizers;

namespace NeuralNet.Tests.Reliability.Training;

/// <summary>The training of a network like those of the examples with images and sequences, large enough that threads share its passes. Full batches and a smaller one alternate.</summary>
/// <typeparam name="T">The element.</typeparam>
internal sealed class NetworkTraining<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int Classes = 7, Steps = 9, Width = 24, Bits = 4, Full = 40, Rest = 5;

    private readonly Layer<T> _net;
    private readonly SoftmaxCrossEntropy<T> _loss;
    private readonly AdamW<T> _optimizer;
    private readonly Cache<T> _cache = new(), _lossCache = new();
    private readonly (Matrix<T> Inputs, int[] Labels)[] _batches;

    /// <summary>Makes a training.</summary>
    /// <param name="kind">One of <see cref="Kinds"/>.</param>
    /// <param name="seed">What data and weights are drawn from.</param>
    public NetworkTraining(string kind, long seed)
    {
        var random = new Philox(seed);
        _net = Network(kind, random);
        int positions = kind == "convolutional" ? 1 : Steps;
        _loss = new SoftmaxCrossEntropy<T>(positions: positions);
        _optimizer = new AdamW<T>(_net.Parameters, T.CreateTruncating(0.003), T.CreateTruncating(0.01));
        int columns = kind switch { "convolutional" => 2 * 12 * 12, "turing" => Bits * Steps, _ => Steps };
        _batches = [.. new[] { Full, Full, Rest }.Select(samples => (Inputs(kind, samples, columns, random), Labels(samples * positions, random)))];
    }

    /// <summary>The kinds of networks.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["convolutional", "recurrent", "decoder", "turing"];

    /// <summary>A step with each of the batches.</summary>
    public void Epoch()
    {
        foreach ((Matrix<T> inputs, int[] labels) in _batches)
        {
            _loss.Forward(_net.Forward(inputs, _cache), labels, _lossCache);
            _net.ZeroGradients();
            _loss.Backward(_lossCache, _net, _cache);
            GradientClipping.ByGlobalNorm(_net.Parameters, T.One);
            _optimizer.Step();
        }
    }

    /// <summary>A hash of the bits of all weights.</summary>
    public string Hash()
    {
        T[] values = new T[_net.Parameters.ElementCount()];
        _net.Parameters.GatherValues(values);
        return Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes<T>(values)))[..16];
    }

    private static Layer<T> Network(string kind, Philox random) => kind switch
    {
        "convolutional" => Sequential<T>.From(
            SampleShape.Image(2, 12, 12),
            shape => new Convolution<T>(shape, 16, 5, random, padding: 2, bias: false),
            shape => new BatchNorm<T>(shape.Channels),
            _ => new ReLU<T>(),
            shape => new MaxPool<T>(shape, 2),
            shape => new Convolution<T>(shape, 24, 3, random, stride: 2, padding: 1, groups: 2),
            shape => new GroupNorm<T>(4, shape.Channels),
            _ => new SiLU<T>(),
            shape => new ChannelDropout<T>(shape.Channels, 0.1, random.Fork(1)),
            shape => new TransposedConvolution<T>(shape, 8, 2, random, stride: 2),
            shape => new GlobalAveragePool<T>(shape),
            shape => new Linear<T>(shape.Size, Classes, random)),
        "recurrent" => new Sequential<T>(
            new Embedding<T>(Classes, Width, random), new LSTM<T>(Width, Width, random, layers: 2, bidirectional: true), new Dropout<T>(0.1, random.Fork(1)),
            new GRU<T>(2 * Width, Width, random), new RNN<T>(Width, Width, random), new PerPosition<T>(new Linear<T>(Width, Classes, random))),
        "decoder" => Transformer.Decoder<T>(Classes, Steps, Width, heads: 4, blocks: 2, random, dropout: 0.1, rotary: true),
        "turing" => new NeuralTuringMachine<T>(Bits, Classes, Width, locations: 16, width: 6, random),
        _ => throw new ArgumentException($"There is no kind of network named '{kind}'.", nameof(kind)),
    };

    // Characters, or numbers.
    private static Matrix<T> Inputs(string kind, int samples, int columns, Philox random)
    {
        T[] numbers = new T[samples * columns];
        random.FillUniform<T>(numbers);
        return Matrix<T>.Build.Dense(
            samples, columns, kind is "recurrent" or "decoder" ? [.. numbers.Select(number => T.Floor(number * T.CreateTruncating(Classes)))] : numbers);
    }

    private static int[] Labels(int count, Philox random) => [.. Enumerable.Range(0, count).Select(_ => random.Next(Classes))];
}
