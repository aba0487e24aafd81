using System.Numerics;
using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Core.Gates;
using NeuralNet.Core.Randomness;
using NeuralNet.Layers;

namespace NeuralNet.Tests.Support;

/// <summary>Networks drawn from a seed: chains, ways around, and layers side by side, with parameters and states that are not those of the start.</summary>
internal static class RandomNetworks
{
    private const int Samples = 6, MostLayers = 9;

    /// <summary>The network of a seed, with an input that suits it.</summary>
    public static (Layer<T> Network, Matrix<T> Input) Of<T>(int seed) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        int features = random.Next(1, 9);
        Layer<T> network = Chain<T>(random, features, depth: 2).Layer;
        foreach (Matrix<T> values in network.Parameters.Select(named => named.Parameter.Value).Concat(network.States.Select(state => state.Value)))
        {
            foreach (ref T value in values.AsSpan())
            {
                value = T.CreateChecked(0.25 + random.NextDouble()) * (values.RowCount > 1 && random.Next(2) == 0 ? -T.One : T.One);
            }
        }

        return (network, Some.Matrix<T>(Samples, features, seed));
    }

    private static (Layer<T> Layer, int Outputs) Chain<T>(Random random, int features, int depth) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var layers = new List<SequentialPart<T>>();
        for (int count = random.Next(2, MostLayers); count > 0; count--)
        {
            (Layer<T> layer, features) = One<T>(random, features, depth);
            layers.Add(random.Next(4) == 0 ? ($"part {layers.Count}", layer) : layer);
        }

        return (new Sequential<T>(layers), features);
    }

    private static (Layer<T> Layer, int Outputs) One<T>(Random random, int features, int depth) where T : unmanaged, IFloatingPointIeee754<T>
    {
        switch (random.Next(depth > 0 ? 12 : 9))
        {
            case 0 or 1:
                int outputs = random.Next(1, 9);
                return (new Linear<T>(features, outputs, random, bias: random.Next(3) > 0), outputs);
            case 2:
                return (new BatchNorm<T>(features, 0.01), features);
            case 3:
                return (new LayerNorm<T>(features, 0.1, affine: random.Next(2) == 0), features);
            case 4:
                return (random.Next(2) == 0 ? new PReLU<T>() : new PReLU<T>(features), features);
            case 5:
                return (new Dropout<T>(0.3, new Philox(1L)), features);
            case 6:
                return features % 2 == 0 ? (new Maxout<T>(), features / 2) : (new Sequential<T>(new SwapAxes<T>(features), new Flatten<T>()), features);
            case 7:
                int first = random.Next(features), last = random.Next(first + 1, features + 1);
                return (new SliceGate<T>(.., first..last), last - first);
            case 9:
                return (new Residual<T>(new Sequential<T>(new Linear<T>(features, features, random), Activation<T>(random))), features);
            case 10:
                (Layer<T> left, int ofLeft) = Chain<T>(random, features, depth - 1);
                (Layer<T> right, int ofRight) = Chain<T>(random, features, depth - 1);
                return (new Concatenate<T>(left, right), ofLeft + ofRight);
            case 11:
                return Chain<T>(random, features, depth - 1);
            default:
                return (Activation<T>(random), features);
        }
    }

    private static Layer<T> Activation<T>(Random random) where T : unmanaged, IFloatingPointIeee754<T> => random.Next(11) switch
    {
        0 => new ReLU<T>(),
        1 => new LeakyReLU<T>(0.3),
        2 => new ELU<T>(0.7),
        3 => new GELU<T>(),
        4 => new GELU<T>(tanh: true),
        5 => new SiLU<T>(),
        6 => new Sigmoid<T>(),
        7 => new Softplus<T>(),
        8 => new Softmax<T>(),
        9 => new LogSoftmax<T>(),
        _ => new Tanh<T>(),
    };
}
