using NeuralNet.Core.Functions;
using NeuralNet.Core.Initializers;
using NeuralNet.Core.Randomness;
using NeuralNet.Core.Shapes;
using NeuralNet.Examples.Mnist;
using NeuralNet.Layers;

namespace NeuralNet.Examples.Cnn;

/// <summary>The network: two convolutions, each normalised, rectified and pooled, and two linear layers.</summary>
internal sealed class DigitNetwork
{
    /// <summary>Width and height of a filter of the first convolution.</summary>
    public const int Kernel = 5;

    /// <summary>Filters of the first convolution.</summary>
    public const int Filters = 16;

    /// <summary>A network with first weights from a seed.</summary>
    public DigitNetwork(int seed, int classes)
    {
        var random = new Random(seed);
        var masks = new Philox((long)seed);
        var he = new HeNormal();
        First = new Convolution<float>(SampleShape.Image(1, Canvas.Side, Canvas.Side), Filters, Kernel, random, padding: Kernel / 2, bias: false, initializer: he);
        Net = Sequential<float>.From(
            First.Input,
            _ => First,
            shape => new BatchNorm<float>(shape.Channels),
            _ => new ReLU<float>(),
            shape => new MaxPool<float>(shape, 2),
            shape => new Convolution<float>(shape, 32, 3, random, padding: 1, bias: false, initializer: he),
            shape => new BatchNorm<float>(shape.Channels),
            _ => new ReLU<float>(),
            shape => new MaxPool<float>(shape, 2),
            _ => new Flatten<float>(),
            _ => new Dropout<float>(0.3, masks.Fork(1)),
            shape => new Linear<float>(shape.Size, 128, random, he),
            _ => new ReLU<float>(),
            _ => new Dropout<float>(0.3, masks.Fork(2)),
            shape => new Linear<float>(shape.Size, classes, random));
    }

    /// <summary>All of it.</summary>
    public Sequential<float> Net { get; }

    /// <summary>Its first convolution, whose filters see pixels.</summary>
    public Convolution<float> First { get; }
}
