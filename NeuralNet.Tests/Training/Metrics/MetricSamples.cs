using System.Numerics;
using NeuralNet.Core;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Training.Metrics;

/// <summary>Samples for metrics of either kind of target; those of one column have targets 0 and 1.</summary>
internal sealed record MetricSamples<T>(Matrix<T> Prediction, int[] Labels, Matrix<T> Targets, Matrix<T> Weights) where T : unmanaged, IFloatingPointIeee754<T>
{
    public int Count => Labels.Length;

    /// <summary>Samples from a seed: the same numbers in either precision, with ties, and weights of which some are 0.</summary>
    public static MetricSamples<T> Random(int count, int columns, int seed = 1)
    {
        var random = new Random(seed);
        Matrix<T> prediction = Matrix<T>.Build.Dense(count, columns, (_, _) => T.CreateChecked(random.Next(-20, 21) / 8.0));
        Matrix<T> weights = Matrix<T>.Build.Dense(count, 1, (i, _) => i % 5 == 2 ? T.Zero : T.CreateChecked(random.Next(1, 8) / 4.0));
        Matrix<T> targets = Matrix<T>.Build.Dense(
            count, columns, (_, _) => T.CreateChecked(columns == 1 ? random.Next(2) : random.Next(-20, 21) / 8.0));
        return new(prediction, Some.Labels(count, columns, seed), targets, weights);
    }

    /// <summary>Some of the samples, in the order of the indices.</summary>
    public MetricSamples<T> At(params int[] indices) => new(
        Rows(Prediction, indices), [.. indices.Select(i => Labels[i])], Rows(Targets, indices), Rows(Weights, indices));

    public MetricSamples<T> Range(int start, int count) => At([.. Enumerable.Range(start, count)]);

    /// <summary>The samples in another precision.</summary>
    public MetricSamples<TOther> As<TOther>() where TOther : unmanaged, IFloatingPointIeee754<TOther>
    {
        return new(Convert(Prediction), Labels, Convert(Targets), Convert(Weights));

        static Matrix<TOther> Convert(Matrix<T> matrix) =>
            Matrix<TOther>.Build.Dense(matrix.RowCount, matrix.ColumnCount, (i, j) => TOther.CreateChecked(matrix[i, j]));
    }

    private static Matrix<T> Rows(Matrix<T> matrix, int[] indices) =>
        Matrix<T>.Build.Dense(indices.Length, matrix.ColumnCount, (i, j) => matrix.AsSpan()[indices[i] + (j * matrix.RowCount)]);
}
