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
    public const double TooManySaturated = 0.5;
    private const double Vanishing = 1e-2;
    private const double Exploding = 1e2;
    private const double LargeUpdate = 1e-2;
    private const double SmallUpdate = 1e-5;

    public static IReadOnlyList<LayerStatistics> OfLayers<T>(IEnumerable<NetworkPart<T>> parts) where T : unmanaged, IFloatingPointIeee754<T> => [.. parts.Select(OfLayer)];

    public static IReadOnlyList<ParameterStatistics> OfParameters<T>(Gate<T> network, double learningRate) where T : unmanaged, IFloatingPointIeee754<T> =>
        [.. network.Parameters.Select(named => OfParameter(named, learningRate))];

    private static LayerStatistics OfLayer<T>(NetworkPart<T> part) where T : unmanaged, IFloatingPointIeee754<T>
    {
        (Gate<T> layer, Matrix<T> output) = (part.Gate, part.Output);
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
                ? $"{Number.Percent(dead.Value)} of the ReLUs are 0 for every sample and learn nothing: smaller learning rate, He initialisation, or a leaky ReLU"
            : saturated > TooManySaturated
                ? $"{Number.Percent(saturated.Value)} of the outputs are saturated and let no gradient through: smaller initial weights, or inputs of mean 0 and deviation 1"
            : deviation < Vanishing ? "the activations hardly vary: larger initial weights (Glorot, He), or inputs of deviation 1"
            : deviation > Exploding ? "the activations are very large: smaller initial weights (Glorot, He), or inputs of deviation 1"
            : "";
        return new LayerStatistics(part.Position, layer.ToString()!, mean, deviation, dead, saturated, advice);
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
}
