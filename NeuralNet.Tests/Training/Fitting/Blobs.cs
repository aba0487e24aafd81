using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Layers;
using NeuralNet.Training.Data;
using NeuralNet.Training.Fitting;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Optimizers;

namespace NeuralNet.Tests.Training.Fitting;

/// <summary>Three clouds of points in the plane, and a small network that tells them apart.</summary>
internal static class Blobs
{
    /// <summary>Points around (0, 2), (2, −1) and (−2, −1), a class each, in turn.</summary>
    public static DataSet<double> Points(int count, int seed)
    {
        var random = new Random(seed);
        var samples = new double[2 * count];
        int[] labels = [.. Enumerable.Range(0, count).Select(i => i % 3)];
        for (int i = 0; i < count; i++)
        {
            (double x, double y) = labels[i] switch { 0 => (0, 2), 1 => (2, -1), _ => (-2, -1) };
            (samples[2 * i], samples[(2 * i) + 1]) = (x + Noise(random), y + Noise(random));
        }

        return new DataSet<double>(samples, labels, 2, 3);
    }

    /// <summary>2 → 8 → 3.</summary>
    public static Sequential<double> Network(int seed = 1)
    {
        var random = new Random(seed);
        return new Sequential<double>(new Linear<double>(2, 8, random), new Tanh<double>(), new Linear<double>(8, 3, random));
    }

    /// <summary>A trainer of that network with momentum.</summary>
    public static Trainer<double, ReadOnlyMemory<int>> Trainer(Layer<double>? network = null, double rate = 0.1)
    {
        network ??= Network();
        return NeuralNet.Training.Fitting.Trainer.For(
            network, new SoftmaxCrossEntropy<double>(), new SGD<double>(network.Parameters, rate, momentum: 0.9));
    }

    /// <summary>All numbers of all parameters.</summary>
    public static double[] Weights(Gate<double> network) => [.. network.Parameters.SelectMany(named => named.Parameter.Value.AsSpan().ToArray())];

    private static double Noise(Random random) => random.NextDouble() - random.NextDouble();
}
