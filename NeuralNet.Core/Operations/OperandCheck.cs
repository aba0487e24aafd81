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

    /// <summary>Refuses memory that is not as long as a matrix.</summary>
    /// <exception cref="ArgumentException">It is longer or shorter, or the rows are fewer than none.</exception>
    public static void ThrowIfNotOfShape<T>(string name, ReadOnlySpan<T> memory, int rows, int columns) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (rows < 0 || memory.Length != (long)rows * columns)
        {
            throw new ArgumentException($"{name} must be [{rows}×{columns}], which is {(long)rows * columns} elements, got {memory.Length}.", name);
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
        ThrowIfNotBelow(table.RowCount, indices, nameof(indices), "Index", "rows", tableName);
    }

    /// <summary>Refuses numbers that name none of so many things.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative or too large.</exception>
    public static void ThrowIfNotBelow(int count, ReadOnlySpan<int> numbers, string name, string noun, string things, string whole)
    {
        int wrong = count == 0 ? numbers.Length - 1 : numbers.IndexOfAnyExceptInRange(0, count - 1);
        if (wrong >= 0)
        {
            throw new ArgumentOutOfRangeException(
                name, numbers[wrong], $"{noun} {wrong} must name one of the {count} {things} of {whole}, 0 to {count - 1}.");
        }
    }

    /// <summary>Refuses a second matrix that has not the shape of the first.</summary>
    /// <exception cref="ArgumentException">It has another shape.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void ThrowIfShapeDiffers<T>(Matrix<T> matrix, string name, Matrix<T> other, string otherName)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(matrix, name);
        ThrowIfNull(matrix, other, otherName);
        ThrowIfNotOfShape(other, matrix.RowCount, matrix.ColumnCount, otherName);
    }

    /// <summary>Refuses an operand that has another length than the result, or shares a part of its memory: it may be the result itself.</summary>
    /// <exception cref="ArgumentException">It has another length, or begins at another place of the same memory.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void ThrowIfNotElementwise<T>(string resultName, ReadOnlySpan<T> result, string operandName, ReadOnlySpan<T> operand)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ThrowIfLengthDiffers(resultName, result, operandName, operand);
        if (result.Overlaps(operand, out int offset) && offset != 0)
        {
            throw new ArgumentException($"{resultName} is written while {operandName} is read, so they must be the same memory or share none.");
        }
    }

    /// <summary>Refuses an operand that has another length than the result, or shares any of its memory.</summary>
    /// <exception cref="ArgumentException">It has another length, or they overlap.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void ThrowIfNotApart<T>(string resultName, ReadOnlySpan<T> result, string operandName, ReadOnlySpan<T> operand)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ThrowIfLengthDiffers(resultName, result, operandName, operand);
        ThrowIfOverlaps(resultName, result, operandName, operand);
    }

    /// <summary>Refuses what is no matrix with a loss for each row and a place for its gradient, all apart in memory.</summary>
    /// <exception cref="ArgumentException">There is no row, a length does not fit, or two share memory.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void ThrowIfNotLosses<T>(
        string operandName, ReadOnlySpan<T> operand, string slopesName, ReadOnlySpan<T> slopes, ReadOnlySpan<T> losses)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ThrowIfNotApart(slopesName, slopes, operandName, operand);
        ThrowIfOverlaps(nameof(losses), losses, operandName, operand);
        ThrowIfOverlaps(nameof(losses), losses, slopesName, slopes);
        if (losses.IsEmpty || operand.IsEmpty)
        {
            throw new ArgumentException($"A loss for each row needs a row and a column at least, got {losses.Length} losses of {operand.Length} elements.");
        }

        ThrowIfNotOfRows(losses.Length, operand.Length);
    }

    /// <summary>Refuses labels that are not one for each row, or name no column.</summary>
    /// <exception cref="ArgumentException">There are more or fewer labels than rows.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is not one of the columns.</exception>
    public static void ThrowIfNotLabels(ReadOnlySpan<int> labels, int rows, int columns, string matrixName)
    {
        if (labels.Length != rows)
        {
            throw new ArgumentException($"{matrixName} with {rows} rows need a label for each, got {labels.Length} labels.", nameof(labels));
        }

        ThrowIfNotBelow(columns, labels, nameof(labels), "Label", "columns", matrixName);
    }

    /// <summary>Refuses a length that is not that of so many whole rows.</summary>
    /// <exception cref="ArgumentException">There are fewer than no rows, or the length is no multiple of them.</exception>
    public static void ThrowIfNotOfRows(int rows, int length)
    {
        if (rows < 0 || (rows == 0 ? length > 0 : length % rows > 0))
        {
            throw new ArgumentException($"A matrix of {rows} rows has a multiple of as many elements, got {length}.", nameof(rows));
        }
    }

    /// <summary>Refuses a result that shares memory with an operand.</summary>
    /// <exception cref="ArgumentException">It does, or a matrix is not dense.</exception>
    public static void ThrowIfSharesMemory<T>(string resultName, Matrix<T> result, params ReadOnlySpan<Matrix<T>> operands)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Span<T> memory = result.AsSpan();
        foreach (Matrix<T> operand in operands)
        {
            if (memory.Overlaps(operand.AsSpan()))
            {
                throw new ArgumentException($"{resultName} {result.Shape()} is written while {operand.Shape()} is read, so the two must not share memory.", resultName);
            }
        }
    }

    /// <summary>Refuses what is no gradient by a variable, where one is wanted: of another shape, or in memory of an operand.</summary>
    /// <exception cref="ArgumentException">It is not.</exception>
    public static void ThrowIfNotGradient<T>(string name, Matrix<T>? gradient, Matrix<T> variable, params ReadOnlySpan<Matrix<T>> operands)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (gradient is not null)
        {
            ThrowIfNotOfShape(gradient, variable.RowCount, variable.ColumnCount, name);
            ThrowIfSharesMemory(name, gradient, variable);
            ThrowIfSharesMemory(name, gradient, operands);
        }
    }

    /// <summary>Refuses two results in one memory, of which one would be lost.</summary>
    /// <param name="results">The results; null for one that is not wanted.</param>
    /// <exception cref="ArgumentException">Two share memory.</exception>
    public static void ThrowIfResultsShareMemory<T>(params ReadOnlySpan<Matrix<T>?> results) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 1; i < results.Length; i++)
        {
            foreach (Matrix<T>? other in results[..i])
            {
                if (results[i] is { } result && other is not null && result.AsSpan().Overlaps(other.AsSpan()))
                {
                    throw new ArgumentException($"Two results, {other.Shape()} and {result.Shape()}, must not share memory: one of them would be lost.");
                }
            }
        }
    }

    /// <summary>The memory of a matrix; none of none.</summary>
    public static Span<T> SpanOf<T>(Matrix<T>? matrix) where T : unmanaged, IFloatingPointIeee754<T> => matrix is null ? default : matrix.AsSpan();

    private static void ThrowIfLengthDiffers<T>(string resultName, ReadOnlySpan<T> result, string operandName, ReadOnlySpan<T> operand)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ElementType<T>.ThrowIfNotSupported();
        if (result.Length != operand.Length)
        {
            throw new ArgumentException($"{resultName} and {operandName} must be of equal length, got {result.Length} and {operand.Length}.");
        }
    }

    private static void ThrowIfNull<T>(Matrix<T> matrix, Matrix<T> other, string name) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ElementType<T>.ThrowIfNotSupported();
        ArgumentNullException.ThrowIfNull(matrix);
        ArgumentNullException.ThrowIfNull(other, name);
    }
}
