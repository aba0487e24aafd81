using System.Numerics;
using System.Numerics.Tensors;

namespace NeuralNet.Core.Kernels;

/// <summary>Operations between a matrix <c>[N×M]</c>, column after column, and a row <c>[1×M]</c>.</summary>
internal static class Rows
{
    /// <summary><c>Y_ij ← Y_ij + b_j</c>: the row is added to every row of the matrix.</summary>
    public static void AddToEach<T>(Span<T> matrix, ReadOnlySpan<T> row) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int rows = matrix.Length / row.Length;
        if (rows == 1)
        {
            TensorPrimitives.Add(matrix, row, matrix);
            return;
        }

        for (int j = 0; j < row.Length; j++)
        {
            Span<T> column = matrix.Slice(j * rows, rows);
            TensorPrimitives.Add(column, row[j], column);
        }
    }

    /// <summary><c>s_j ← Σ_i Y_ij + β·s_j</c>: the sum of all rows. With β = 0, s is not read.</summary>
    public static void Sum<T>(ReadOnlySpan<T> matrix, Span<T> sums, T beta) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int rows = matrix.Length / sums.Length;
        if (rows == 1 && beta == T.Zero)
        {
            matrix.CopyTo(sums);
            return;
        }

        for (int j = 0; j < sums.Length; j++)
        {
            T sum = TensorPrimitives.Sum(matrix.Slice(j * rows, rows));
            sums[j] = beta == T.Zero ? sum : sum + (beta * sums[j]);
        }
    }
}
