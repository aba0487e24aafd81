using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Storage;

namespace NeuralNet.Core;

/// <summary>The memory and the shape of a matrix.</summary>
public static class MatrixExtensions
{
    /// <summary>
    /// The elements of a dense matrix, column after column, without a copy: element (i, j) is at <c>i + j·rows</c>.
    /// </summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="matrix">A dense matrix.</param>
    /// <returns>The matrix's own memory: what is written there is in the matrix.</returns>
    /// <exception cref="ArgumentException">The matrix is stored sparse or diagonal, or its array is not rows × columns long.</exception>
    public static Span<T> AsSpan<T>(this Matrix<T> matrix) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(matrix);
        if (matrix.Storage is DenseColumnMajorMatrixStorage<T> dense && dense.Data.Length == (long)dense.RowCount * dense.ColumnCount)
        {
            return dense.Data;
        }

        throw Refusal(matrix);
    }

    // All code takes memory from here and trusts the shape, so a matrix that is shorter than its shape ends here: MathNet computes
    // rows × columns in 32 bits and makes Dense(65536, 65537) with 65,536 elements.
    private static ArgumentException Refusal<T>(Matrix<T> matrix) where T : unmanaged, IFloatingPointIeee754<T> =>
        matrix.Storage is DenseColumnMajorMatrixStorage<T> dense
            ? new ArgumentException(
                $"A matrix {matrix.Shape()} has {(long)matrix.RowCount * matrix.ColumnCount} elements; this one has an array of {dense.Data.Length}. " +
                $"An array holds at most {Array.MaxLength}.", nameof(matrix))
            : new ArgumentException(
                $"A dense matrix is needed, got {matrix.Shape()} stored as {matrix.Storage.GetType().Name}. Convert it once with Matrix<{typeof(T).Name}>.Build.DenseOfMatrix(m).",
                nameof(matrix));

    /// <summary>The memory of one column of a dense matrix.</summary>
    internal static Span<T> ColumnSpan<T>(this Matrix<T> matrix, int column) where T : unmanaged, IFloatingPointIeee754<T> =>
        matrix.AsSpan().Slice(column * matrix.RowCount, matrix.RowCount);

    /// <summary>The shape as errors and summaries print it: <c>[rows×columns]</c>.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="matrix">Any matrix.</param>
    public static string Shape<T>(this Matrix<T> matrix) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(matrix);
        return $"[{matrix.RowCount}×{matrix.ColumnCount}]";
    }

    /// <summary>Whether two matrices have the same number of rows and of columns.</summary>
    /// <typeparam name="T">The element type.</typeparam>
    /// <param name="matrix">Any matrix.</param>
    /// <param name="other">Another one.</param>
    public static bool HasShapeOf<T>(this Matrix<T> matrix, Matrix<T> other) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(matrix);
        ArgumentNullException.ThrowIfNull(other);
        return matrix.RowCount == other.RowCount && matrix.ColumnCount == other.ColumnCount;
    }
}
