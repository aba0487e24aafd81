using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace NeuralNet.Training.Metrics;

/// <summary>A metric of scores <c>[N×C]</c>, one column a class, against N labels from 0 to C−1.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public abstract class LabelMetric<T> : Metric<T, ReadOnlyMemory<int>> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    protected sealed override void CheckTarget(Matrix<T> prediction, ReadOnlyMemory<int> target, SampleWeights<T> weights)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        if (target.Length != prediction.RowCount)
        {
            throw new ArgumentException($"{Title} expects a label for each of the {prediction.RowCount} samples, got {target.Length}.", nameof(target));
        }

        ReadOnlySpan<int> labels = target.Span;
        int classes = prediction.ColumnCount;
        int first = labels.IndexOfAnyExceptInRange(0, classes - 1);
        for (int i = first; i >= 0 && i < labels.Length; i++)
        {
            if ((uint)labels[i] >= (uint)classes && weights[i] != 0)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(target), labels[i], $"{Title} expects labels from 0 to {classes - 1}; the label of sample {i} is {labels[i]}.");
            }
        }
    }

    /// <summary>The column of the largest number of a row: of equal ones the first; NaN is never the largest. −1 in a row of NaN alone.</summary>
    /// <param name="values">A matrix, column after column.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="row">The row in question.</param>
    protected static int Largest(ReadOnlySpan<T> values, int rows, int row)
    {
        int best = -1;
        T largest = T.Zero;
        for (int j = 0, at = row; at < values.Length; j++, at += rows)
        {
            T value = values[at];
            if (!T.IsNaN(value) && (best < 0 || value > largest))
            {
                (best, largest) = (j, value);
            }
        }

        return best;
    }
}
