using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Storage;

namespace NeuralNet.Core.Shapes;

/// <summary>The same memory as a matrix of another shape, without a copy.</summary>
/// <remarks>What is written through one is in the other. A view allocates one small object, the matrix that it is (none where the shape is the same: then it is
/// the matrix itself); make it once where a training step should allocate nothing.</remarks>
public static class MatrixViews
{
    /// <summary>The elements of a matrix, in their order in memory (column after column), as a matrix of other rows and columns.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="matrix">A dense matrix.</param>
    /// <param name="rows">Rows of the view, 0 or more.</param>
    /// <param name="columns">Columns of the view, 0 or more.</param>
    /// <returns>A matrix on the same memory: its element (i, j) is the matrix's element number <c>i + j·rows</c>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Rows or columns are negative.</exception>
    /// <exception cref="ArgumentException">The view has not as many elements as the matrix, or the matrix is not dense.</exception>
    public static Matrix<T> Reshape<T>(Matrix<T> matrix, int rows, int columns) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(matrix);
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        int count = matrix.AsSpan().Length;
        if ((long)rows * columns != count)
        {
            throw new ArgumentException(
                $"{matrix.Shape()} has {count} elements and cannot be seen as [{rows}×{columns}], which has {(long)rows * columns}.", nameof(matrix));
        }

        return rows == matrix.RowCount && columns == matrix.ColumnCount
            ? matrix
            : Matrix<T>.Build.Dense(rows, columns, ((DenseColumnMajorMatrixStorage<T>)matrix.Storage).Data);
    }

    /// <summary>Samples as positions: <c>[N×(C·P)]</c> seen as <c>[(N·P)×C]</c>, where row <c>i + p·N</c> is position p of sample i.</summary>
    /// <remarks>What works on each position alone (a linear layer per step, a softmax per token) works on these rows.</remarks>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="samples"><c>[N×(C·P)]</c>, dense.</param>
    /// <param name="shape">C and P.</param>
    /// <exception cref="ArgumentException">The matrix has not the columns of the shape, or is not dense.</exception>
    public static Matrix<T> AsPositions<T>(Matrix<T> samples, SampleShape shape) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(samples);
        if (shape.Size == 0 || samples.ColumnCount != shape.Size)
        {
            throw new ArgumentException($"Samples of {shape} are the rows of [N×{shape.Size}], got {samples.Shape()}.", nameof(samples));
        }

        return Reshape(samples, samples.RowCount * shape.Positions, shape.Channels);
    }

    /// <summary>Positions as samples, the way back of <see cref="AsPositions"/>: <c>[(N·P)×C]</c> seen as <c>[N×(C·P)]</c>.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="positions"><c>[(N·P)×C]</c>, dense.</param>
    /// <param name="shape">C and P.</param>
    /// <exception cref="ArgumentException">The matrix has not the columns of the shape, its rows are no multiple of P, or it is not dense.</exception>
    public static Matrix<T> AsSamples<T>(Matrix<T> positions, SampleShape shape) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(positions);
        if (shape.Size == 0 || positions.ColumnCount != shape.Channels || positions.RowCount % shape.Positions != 0)
        {
            throw new ArgumentException(
                $"Positions of samples of {shape} are the rows of [(N·{shape.Positions})×{shape.Channels}], got {positions.Shape()}.", nameof(positions));
        }

        return Reshape(positions, positions.RowCount / shape.Positions, shape.Size);
    }
}
