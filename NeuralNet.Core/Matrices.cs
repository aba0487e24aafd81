using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace NeuralNet.Core;

/// <summary>New dense matrices, from numbers as they are written on paper: row after row.</summary>
/// <remarks>MathNet's <c>Build.Dense(rows, columns, array)</c> takes an array column after column, as matrices are stored: data that lies row after row
/// comes out scrambled there, and nothing says so.</remarks>
/// <example>
/// <code>
/// Matrix&lt;double&gt; x = Matrices.FromRows&lt;double&gt;([1, 2, 3], [4, 5, 6]);       // [2×3]
/// Matrix&lt;float&gt; same = Matrices.FromRows&lt;float&gt;(2, 3, [1, 2, 3, 4, 5, 6]);
/// </code>
/// </example>
public static class Matrices
{
    /// <summary>A matrix of zeros.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="rows">Rows, 0 or more.</param>
    /// <param name="columns">Columns, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is negative, or rows × columns is more than an array holds.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static Matrix<T> Zeros<T>(int rows, int columns) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ElementType<T>.ThrowIfNotSupported();
        if ((rows | columns) < 0 || (long)rows * columns > Array.MaxLength)
        {
            throw new ArgumentOutOfRangeException(
                nameof(rows),
                (rows | columns) < 0
                    ? $"A matrix has 0 or more rows and columns, got [{rows}×{columns}]."
                    : $"A matrix [{rows}×{columns}] has {(long)rows * columns} elements; an array holds at most {Array.MaxLength}.");
        }

        return Matrix<T>.Build.Dense(rows, columns);
    }

    /// <summary>A matrix of rows.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="rows">One array for each row, all of one length; copied.</param>
    /// <exception cref="ArgumentException">A row has another length than the first.</exception>
    /// <exception cref="ArgumentNullException">The rows or one of them are null.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static Matrix<T> FromRows<T>(params T[][] rows) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(rows);
        for (int i = 0; i < rows.Length; i++)
        {
            ArgumentNullException.ThrowIfNull(rows[i], $"{nameof(rows)}[{i}]");
            if (rows[i].Length != rows[0].Length)
            {
                throw new ArgumentException(
                    $"The rows of a matrix are of one length: row 0 has {rows[0].Length} numbers, row {i} has {rows[i].Length}.", nameof(rows));
            }
        }

        Matrix<T> matrix = Zeros<T>(rows.Length, rows.Length == 0 ? 0 : rows[0].Length);
        for (int i = 0; i < rows.Length; i++)
        {
            SetRow(matrix, i, rows[i]);
        }

        return matrix;
    }

    /// <summary>A matrix of a rectangular array, <c>{ { 1, 2 }, { 3, 4 } }</c>.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="rows">Its element [i, j] is that of row i and column j; copied.</param>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static Matrix<T> FromRows<T>(T[,] rows) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(rows);
        Matrix<T> matrix = Zeros<T>(rows.GetLength(0), rows.GetLength(1));
        Span<T> elements = matrix.AsSpan();
        for (int i = 0; i < matrix.RowCount; i++)
        {
            for (int j = 0; j < matrix.ColumnCount; j++)
            {
                elements[i + (j * matrix.RowCount)] = rows[i, j];
            }
        }

        return matrix;
    }

    /// <summary>A matrix of numbers that lie row after row, as most files and other libraries have them.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="rows">Rows, 0 or more.</param>
    /// <param name="columns">Columns, 0 or more.</param>
    /// <param name="numbers">rows × columns numbers; copied.</param>
    /// <exception cref="ArgumentException">There are more or fewer numbers.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is negative, or rows × columns is more than an array holds.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static Matrix<T> FromRows<T>(int rows, int columns, ReadOnlySpan<T> numbers) where T : unmanaged, IFloatingPointIeee754<T>
    {
        // Before memory is taken for it.
        if ((rows | columns) >= 0 && numbers.Length != (long)rows * columns)
        {
            throw new ArgumentException($"A matrix [{rows}×{columns}] has {(long)rows * columns} numbers, got {numbers.Length}.", nameof(numbers));
        }

        Matrix<T> matrix = Zeros<T>(rows, columns);
        for (int i = 0; i < rows; i++)
        {
            SetRow(matrix, i, numbers.Slice(i * columns, columns));
        }

        return matrix;
    }

    private static void SetRow<T>(Matrix<T> matrix, int row, ReadOnlySpan<T> numbers) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Span<T> elements = matrix.AsSpan();
        for (int j = 0; j < numbers.Length; j++)
        {
            elements[row + (j * matrix.RowCount)] = numbers[j];
        }
    }
}
