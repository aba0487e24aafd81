using System.Numerics;
using System.Numerics.Tensors;
using NeuralNet.Core.Kernels.RowsAndColumns;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Normalizing;

/// <summary>Means and variances of the columns or of the rows of a matrix.</summary>
/// <remarks>In two passes, with the second correcting what rounding left of the first: <c>μ = μ₀ + Σd/n</c> and <c>σ² = (Σd² − (Σd)²/n)/n</c> with
/// <c>d = x − μ₀</c>. Source: Chan, Golub and LeVeque (1983), "Algorithms for computing the sample variance", equation 1.7.</remarks>
internal static class Moments<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    [ThreadStatic]
    private static T[]? _sums;

    /// <summary>Those of the columns.</summary>
    /// <param name="matrix">Column after column.</param>
    /// <param name="rows">Rows, 1 or more.</param>
    /// <param name="mean">Receives μ of each column.</param>
    /// <param name="variance">Receives σ² of each column, divided by the rows.</param>
    public static void OfColumns(ReadOnlySpan<T> matrix, int rows, Span<T> mean, Span<T> variance)
    {
        RowSum<T>.Run(matrix, rows, rows, mean, T.Zero);
        TensorPrimitives.Divide(mean, T.CreateChecked(rows), mean);
        Span<T> sums = Sums(mean.Length);
        EntryPass<T, DeviationSums<T>, No, No>.Run(rows, mean.Length, matrix, default, default, mean, sums);
        Correct(sums, T.CreateChecked(rows), mean, variance);
    }

    /// <summary>Those of the rows.</summary>
    /// <param name="matrix">Column after column.</param>
    /// <param name="columns">Columns, 1 or more.</param>
    /// <param name="mean">Receives μ of each row.</param>
    /// <param name="variance">Receives σ² of each row, divided by the columns.</param>
    public static void OfRows(ReadOnlySpan<T> matrix, int columns, Span<T> mean, Span<T> variance)
    {
        EntryPass<T, EntrySum<T>, Yes, Yes>.Run(mean.Length, columns, matrix, default, default, default, mean);
        TensorPrimitives.Divide(mean, T.CreateChecked(columns), mean);
        Span<T> sums = Sums(mean.Length);
        EntryPass<T, DeviationSums<T>, Yes, Yes>.Run(mean.Length, columns, matrix, default, default, mean, sums);
        Correct(sums, T.CreateChecked(columns), mean, variance);
    }

    private static void Correct(ReadOnlySpan<T> sums, T count, Span<T> mean, Span<T> variance)
    {
        for (int i = 0; i < mean.Length; i++)
        {
            T rest = sums[i] / count;
            mean[i] += rest;
            // Rounding could take the difference of two equal numbers below zero.
            variance[i] = T.Max((sums[mean.Length + i] / count) - (rest * rest), T.Zero);
        }
    }

    private static Span<T> Sums(int lines)
    {
        int length = checked(2 * lines);
        if (_sums is null || _sums.Length < length)
        {
            _sums = new T[length];
        }

        return _sums.AsSpan(0, length);
    }
}
