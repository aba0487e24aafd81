using System.Globalization;
using System.Numerics;
using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Core.Functions;

namespace NeuralNet.Training.SanityChecking;

/// <summary>Measures the layers and parameters of a network after a training pass, and says what is unhealthy.</summary>
internal static class NetworkStatistics
{
    private const double TooManyDead = 0.4;
    private const double TooManySaturated = 0.5;
    private const double Vanishing = 1e-2;
    private const double Exploding = 1e2;
    private const double LargeUpdate = 1e-2;
    private const double SmallUpdate = 1e-5;

    public static IReadOnlyList<LayerStatistics> OfLayers<T>(Gate<T> network, Cache<T> cache) where T : unmanaged, IFloatingPointIeee754<T> =>
        [.. Parts(network, cache, "").Select(part => OfLayer(part.Gate, part.Position, part.Cache.Recall(part.Gate)[^1]))];

    public static IReadOnlyList<ParameterStatistics> OfParameters<T>(Gate<T> network, double learningRate) where T : unmanaged, IFloatingPointIeee754<T> =>
        [.. network.Parameters.Select(named => OfParameter(named, learningRate))];

    private static (Gate<T> Gate, string Position, Cache<T> Cache)[] Parts<T>(Gate<T> gate, Cache<T> cache, string position)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        PartsInside(gate, cache, position) is { Length: > 0 } inside ? inside : [(gate, position.TrimEnd('.'), cache)];

    // Those that ran on matrices: a node of a graph on numbers has no cache, and a gate may leave out a part of its own.
    private static (Gate<T> Gate, string Position, Cache<T> Cache)[] PartsInside<T>(Gate<T> gate, Cache<T> cache, string position)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        [
            .. gate.Children.SelectMany((child, i) => ReferenceEquals(cache[i].Owner, child.Gate) && !cache[i].Recall(child.Gate).IsEmpty
                ? Parts(child.Gate, cache[i], $"{position}{child.Name}.")
                : []),
        ];

    private static LayerStatistics OfLayer<T>(Gate<T> layer, string position, Matrix<T> output) where T : unmanaged, IFloatingPointIeee754<T>
    {
        double[] values = Array.ConvertAll(output.AsSpan().ToArray(), double.CreateTruncating);
        double mean = values.Average();
        double deviation = Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / values.Length);
        double? dead = layer is ReLU<T> ? DeadShare(values, output.RowCount) : null;
        double? saturated = layer switch
        {
            Sigmoid<T> => values.Count(y => y is < 0.01 or > 0.99) / (double)values.Length,
            Tanh<T> => values.Count(y => y is < -0.995 or > 0.995) / (double)values.Length,
            _ => null,
        };
        string advice = dead > TooManyDead
                ? $"{Percent(dead)} of the ReLUs are 0 for every sample and learn nothing: smaller learning rate, He initialisation, or a leaky ReLU"
            : saturated > TooManySaturated
                ? $"{Percent(saturated)} of the outputs are saturated and let no gradient through: smaller initial weights, or inputs of mean 0 and deviation 1"
            : deviation < Vanishing ? "the activations hardly vary: larger initial weights (Glorot, He), or inputs of deviation 1"
            : deviation > Exploding ? "the activations are very large: smaller initial weights (Glorot, He), or inputs of deviation 1"
            : "";
        return new LayerStatistics(position, layer.ToString()!, mean, deviation, dead, saturated, advice);
    }

    private static double DeadShare(double[] values, int samples) =>
        values.Chunk(samples).Count(column => Array.TrueForAll(column, y => y == 0)) / (values.Length / (double)samples);

    private static ParameterStatistics OfParameter<T>(NamedParameter<T> named, double learningRate) where T : unmanaged, IFloatingPointIeee754<T>
    {
        double norm = double.CreateTruncating(TensorPrimitives.Norm<T>(named.Parameter.Value.AsSpan()));
        double gradient = double.CreateTruncating(TensorPrimitives.Norm<T>(named.Parameter.Gradient.AsSpan()));
        double? ratio = norm == 0 ? null : learningRate * gradient / norm;
        string advice = gradient == 0 ? "no gradient arrives: everything above it is dead or saturated, or the backward pass leaves it out"
            : ratio > LargeUpdate ? "a step moves it by more than a hundredth: a smaller learning rate (about 1e-3 of its size is healthy)"
            : ratio < SmallUpdate ? "a step hardly moves it: a larger learning rate (about 1e-3 of its size is healthy), if it should learn"
            : "";
        return new ParameterStatistics(named.Name, norm, gradient, ratio, advice);
    }

    private static string Percent(double? share) => share?.ToString("0%", CultureInfo.InvariantCulture) ?? "";
}
