using System.Numerics;
using System.Numerics.Tensors;

namespace NeuralNet.Core.Kernels.RowsAndColumns;

/// <summary>Operations between a matrix <c>[N×M]</c>, column after column, and a row <c>[1×M]</c>.</summary>
internal static class Rows
{
    /// <summary><c>Y_ij ← Y_ij + b_j</c>: the row is added to every row of the matrix. An empty row adds nothing.</summary>
    /// <param name="matrix">Y.</param>
    /// <param name="rows">Rows of Y, N.</param>
    /// <param name="stride">Elements from one column of Y to the next.</param>
    /// <param name="row">b.</param>
    public static void AddToEach<T>(Span<T> matrix, int rows, int stride, ReadOnlySpan<T> row) where T : unmanaged, IFloatingPointIeee754<T>
    {
        // Of a matrix without rows, no memory stands behind its stride.
        for (int j = 0; j < row.Length && rows > 0; j++)
        {
            Span<T> column = matrix.Slice(j * stride, rows);
            TensorPrimitives.Add(column, row[j], column);
        }
    }

    /// <summary><c>Y_ij ← β·Y_ij + b_j</c>; with β = 0, Y is written and not read.</summary>
    /// <param name="matrix">Y.</param>
    /// <param name="rows">Rows of Y, N.</param>
    /// <param name="columns">Columns of Y, M.</param>
    /// <param name="stride">Elements from one column of Y to the next.</param>
    /// <param name="beta">β.</param>
    /// <param name="row">b.</param>
    public static unsafe void ScaleAndAdd<T>(T* matrix, int rows, int columns, nint stride, T beta, T* row)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (stride == 1 && beta == T.Zero)
        {
            new ReadOnlySpan<T>(row, columns).CopyTo(new Span<T>(matrix, columns));
            return;
        }

        for (int j = 0; j < columns; j++)
        {
            var column = new Span<T>(matrix + (j * stride), rows);
            if (beta == T.Zero)
            {
                column.Fill(row[j]);
            }
            else
            {
                TensorPrimitives.Multiply(column, beta, column);
                TensorPrimitives.Add(column, row[j], column);
            }
        }
    }
}
