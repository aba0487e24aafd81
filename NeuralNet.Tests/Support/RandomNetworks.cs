using System.Numerics;
using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Core.Gates;
using NeuralNet.Core.Randomness;
using NeuralNet.Core.Shapes;
using NeuralNet.Layers;

namespace NeuralNet.Tests.Support;

/// <summary>Networks of random layers and sizes, from a generator: chains that hold residual and parallel parts, with parameters and states that are none of the start.</summary>
internal static class RandomNetworks
{
    /// <summary>A network that takes samples of a number of features.</summary>
    public static Layer<T> Of<T>(Random random, int inputs) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Layer<T> network = Chain<T>(random, inputs, depth: 0).Network;
        foreach (Matrix<T> values in network.Parameters.Select(named => named.Parameter.Value).Concat(network.States.Select(state => state.Value)))
        {
            foreach (ref T value in values.AsSpan())
            {
                value = T.CreateChecked(0.25 + random.NextDouble());
            }
        }

        return network;
    }

    private static (Layer<T> Network, int Outputs) Chain<T>(Random random, int inputs, int depth) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var layers = new List<SequentialPart<T>>();
        int width = inputs;
        for (int i = random.Next(1, 5); i >= 0; i--)
        {
            (Layer<T> layer, width) = One<T>(random, width, depth);
            layers.Add(random.Next(4) == 0 ? ($"part {layers.Count}", layer) : layer);
        }

        return (new Sequential<T>(layers), width);
    }

    private static (Layer<T> Layer, int Outputs) One<T>(Random random, int width, int depth) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int outputs = random.Next(1, 9);
        switch (random.Next(depth < 2 ? 14 : 11))
        {
            case 0: return (new ReLU<T>(), width);
            case 1: return (new Tanh<T>(), width);
            case 2: return (new GELU<T>(random.Next(2) == 0), width);
            case 3: return (new LeakyReLU<T>(random.NextDouble()), width);
            case 4: return (new BatchNorm<T>(width), width);
            case 5: return (new LayerNorm<T>(width, affine: random.Next(2) == 0), width);
            case 6: return (new Dropout<T>(random.NextDouble(), new Philox(random.Next())), width);
            case 7: return (new PReLU<T>(random.Next(2) == 0 ? 1 : width), width);
            case 8: return (new Sequential<T>(new Reshape<T>(SampleShape.Sequence(width, 1)), new Flatten<T>()), width);
            case 9 or 10: return (new Linear<T>(width, outputs, random, bias: random.Next(3) > 0), outputs);
            case 11:
                (Layer<T> inner, int size) = Chain<T>(random, width, depth + 1);
                return (new Residual<T>(inner, size == width ? null : new Linear<T>(width, size, random)), size);
            case 12:
                (Layer<T> left, int leftSize) = Chain<T>(random, width, depth + 1);
                (Layer<T> right, int rightSize) = Chain<T>(random, width, depth + 1);
                return (new Concatenate<T>(("left", left), right), leftSize + rightSize);
            default: return (new Sequential<T>(new SliceGate<T>(.., ..1), new Softmax<T>()), 1);
        }
    }
}
