using System.Numerics;
using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Storage;
using NeuralNet.Core;

namespace NeuralNet.Training.Losses;

/// <summary>What must hold of the weights of samples, whatever the loss.</summary>
internal static class WeightsCheck<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Refuses weights that are not dense, not a row for each sample, or no finite numbers from 0 on.</summary>
    /// <param name="weights">The weights.</param>
    /// <param name="prediction"><c>[N×C]</c>.</param>
    /// <param name="loss">The loss that they are given to.</param>
    public static void Check(Matrix<T> weights, Matrix<T> prediction, object loss)
    {
        if (weights.RowCount != prediction.RowCount || weights.ColumnCount == 0)
        {
            throw new ArgumentException(
                $"{loss} expects weights [{prediction.RowCount}×1], one for each sample of {prediction.Shape()}, or a column for each position, got {weights.Shape()}.",
                nameof(weights));
        }

        if (weights.Storage is not DenseColumnMajorMatrixStorage<T>)
        {
            throw new ArgumentException(
                $"{loss} expects dense weights, got {weights.Shape()} stored as {weights.Storage.GetType().Name}. Convert them once with DenseOfMatrix.", nameof(weights));
        }

        ReadOnlySpan<T> values = weights.AsSpan();
        if (!(TensorPrimitives.Min(values) >= T.Zero && T.IsFinite(TensorPrimitives.Max(values))))
        {
            int wrong = 0;
            while (values[wrong] >= T.Zero && T.IsFinite(values[wrong]))
            {
                wrong++;
            }

            throw new ArgumentOutOfRangeException(
                nameof(weights),
                values[wrong],
                $"{loss} expects weights that are finite numbers, 0 or more; that of sample {wrong % weights.RowCount} in column {wrong / weights.RowCount} is {values[wrong]}.");
        }
    }
}
