using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Layers;

namespace NeuralNet.Training.Data;

/// <summary>Makes the layer that brings features to a common scale, by the samples to train with and none else.</summary>
/// <remarks>Sums are in double precision. A feature that is the same in all samples is taken to have a deviation or a range of 1, as in
/// scikit-learn: it comes out as 0, or as the lower end of the range.</remarks>
/// <example>
/// <code>
/// var (train, test) = data.StratifiedSplit(0.8, seed: 1);
/// var net = new Sequential&lt;float&gt;(Scaling.Standardize(train), new Linear&lt;float&gt;(4, 3, random));
/// </code>
/// </example>
public static class Scaling
{
    /// <summary>To mean 0 and standard deviation 1: <c>y = (x − μ)/σ</c>, with <c>σ² = Σ(x − μ)²/n</c>.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="train">The samples.</param>
    /// <exception cref="ArgumentException">A value is not finite.</exception>
    public static FeatureScaling<T> Standardize<T>(DataSet<T> train) where T : unmanaged, IFloatingPointIeee754<T>
    {
        double[] least = Extremes(train, out double[] most), means = Means(train, (x, _) => x);
        double[] variances = Means(train, (x, feature) => (x - means[feature]) * (x - means[feature]));
        return Layer<T>(train.Features, j => least[j] == most[j] ? (least[j], 1) : (means[j], Math.Sqrt(variances[j])));
    }

    /// <summary>To a range: the least value of a feature becomes its lower end, the greatest its upper one. Values beyond those of the samples come out beyond it.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="train">The samples.</param>
    /// <param name="low">The lower end, finite; 0 by default.</param>
    /// <param name="high">The upper end, finite and above the lower; 1 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">The ends are no range.</exception>
    /// <exception cref="ArgumentException">A value is not finite.</exception>
    public static FeatureScaling<T> MinMax<T>(DataSet<T> train, double low = 0, double high = 1) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!(double.IsFinite(low) && double.IsFinite(high) && high > low && double.IsFinite(high - low)))
        {
            throw new ArgumentOutOfRangeException(nameof(high), high, $"The range must be of two finite numbers, the second above the first, got {low} and {high}.");
        }

        // (x − least)/(most − least)·(high − low) + low, as a shift and then a scale.
        double[] least = Extremes(train, out double[] most);
        return Layer<T>(train.Features, j =>
        {
            double scale = (least[j] == most[j] ? 1 : most[j] - least[j]) / (high - low);
            return (least[j] - (low * scale), scale);
        });
    }

    private static FeatureScaling<T> Layer<T>(int features, Func<int, (double Shift, double Scale)> of) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Matrix<T> shift = Matrices.Zeros<T>(1, features), scale = Matrices.Zeros<T>(1, features);
        for (int j = 0; j < features; j++)
        {
            (double by, double over) = of(j);
            (shift.AsSpan()[j], scale.AsSpan()[j]) = (T.CreateTruncating(by), T.CreateTruncating(over));
            if (!T.IsNormal(scale.AsSpan()[j]) || !T.IsFinite(shift.AsSpan()[j]))
            {
                throw new ArgumentException($"The values of feature {j} are too close to each other or too far apart to be scaled: shift {by}, scale {over}.");
            }
        }

        return new FeatureScaling<T>(shift, scale);
    }

    private static double[] Extremes<T>(DataSet<T> train, out double[] most) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(train);
        double[] least = [.. train.Sample(0).ToArray().Select(double.CreateChecked)];
        most = [.. least];
        for (int i = 0; i < train.Count; i++)
        {
            ReadOnlySpan<T> sample = train.Sample(i);
            for (int j = 0; j < sample.Length; j++)
            {
                if (!T.IsFinite(sample[j]))
                {
                    throw new ArgumentException($"Feature {j} of sample {i} is {sample[j]}; only finite numbers have a scale.", nameof(train));
                }

                double value = double.CreateChecked(sample[j]);
                (least[j], most[j]) = (Math.Min(least[j], value), Math.Max(most[j], value));
            }
        }

        return least;
    }

    private static double[] Means<T>(DataSet<T> data, Func<double, int, double> of) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var sums = new double[data.Features];
        for (int i = 0; i < data.Count; i++)
        {
            ReadOnlySpan<T> sample = data.Sample(i);
            for (int j = 0; j < sample.Length; j++)
            {
                sums[j] += of(double.CreateChecked(sample[j]), j);
            }
        }

        return Array.ConvertAll(sums, sum => sum / data.Count);
    }
}
