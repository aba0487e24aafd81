using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace NeuralNet.Core.Operations;

/// <summary>What must hold of the operands of the public operations, since no kernel looks.</summary>
internal static class OperandCheck
{
    /// <summary>The elements that a matrix in memory uses, from its first to its last.</summary>
    /// <exception cref="ArgumentException">A size is impossible, or the memory shorter than that.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static int LengthOf<T>(string name, int rows, int columns, int stride, ReadOnlySpan<T> memory) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ElementType<T>.ThrowIfNotSupported();
        long length = rows == 0 || columns == 0 ? 0 : ((long)stride * (columns - 1)) + rows;
        return (rows | columns) >= 0 && stride >= rows && length <= memory.Length ? (int)length : throw new ArgumentException(
            $"{name} is stored as [{rows}×{columns}] with {stride} elements from column to column, which {memory.Length} elements do not hold.");
    }

    /// <summary>Refuses a result that shares memory with an operand.</summary>
    /// <exception cref="ArgumentException">They overlap.</exception>
    public static void ThrowIfOverlaps<T>(string resultName, ReadOnlySpan<T> result, string operandName, ReadOnlySpan<T> operand)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (result.Overlaps(operand))
        {
            throw new ArgumentException($"{resultName} is written while {operandName} is read, so the two must not share memory.");
        }
    }

    /// <summary>Refuses anything but a row as long as those of a matrix.</summary>
    /// <exception cref="ArgumentException">It has another shape.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void ThrowIfNotRowOf<T>(Matrix<T> matrix, Matrix<T> row, string name) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ThrowIfNull(matrix, row, name);
        ThrowIfNotOfShape(row, 1, matrix.ColumnCount, name);
    }

    /// <summary>Refuses anything but a column as long as those of a matrix.</summary>
    /// <exception cref="ArgumentException">It has another shape.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void ThrowIfNotColumnOf<T>(Matrix<T> matrix, Matrix<T> column, string name) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ThrowIfNull(matrix, column, name);
        ThrowIfNotOfShape(column, matrix.RowCount, 1, name);
    }

    /// <summary>Refuses a matrix of another shape.</summary>
    /// <exception cref="ArgumentException">It has another shape.</exception>
    public static void ThrowIfNotOfShape<T>(Matrix<T> matrix, int rows, int columns, string name) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (matrix.RowCount != rows || matrix.ColumnCount != columns)
        {
            throw new ArgumentException($"{name} must be [{rows}×{columns}], got {matrix.Shape()}.", name);
        }
    }

    /// <summary>Refuses indices that name no row of a table, and rows that are not one for each index.</summary>
    /// <exception cref="ArgumentException">The rows have another shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index names no row.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void ThrowIfNotIndexed<T>(Matrix<T> table, string tableName, ReadOnlySpan<int> indices, Matrix<T> rows, string rowsName)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(table, tableName);
        ThrowIfNull(table, rows, rowsName);
        ThrowIfNotOfShape(rows, indices.Length, table.ColumnCount, rowsName);
        int wrong = table.RowCount == 0 ? indices.Length - 1 : indices.IndexOfAnyExceptInRange(0, table.RowCount - 1);
        if (wrong >= 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(indices), indices[wrong], $"Index {wrong} must name one of the {table.RowCount} rows of {tableName}, 0 to {table.RowCount - 1}.");
        }
    }

    private static void ThrowIfNull<T>(Matrix<T> matrix, Matrix<T> other, string name) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ElementType<T>.ThrowIfNotSupported();
        ArgumentNullException.ThrowIfNull(matrix);
        ArgumentNullException.ThrowIfNull(other, name);
    }
}
