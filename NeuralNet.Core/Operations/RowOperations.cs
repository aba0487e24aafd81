using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core.Kernels.RowsAndColumns;

namespace NeuralNet.Core.Operations;

/// <summary>Operations on the rows of a matrix, one row a sample: their sum, a row added to each, and rows taken or added by index.</summary>
/// <remarks>
/// <para>Large matrices are shared among the threads by columns, so the bits of a result do not depend on how many threads there are. Nothing is
/// allocated in steady state.</para>
/// <para><b>Threads.</b> Can be called from several at once, on different results.</para>
/// </remarks>
public static partial class RowOperations
{
    /// <summary><c>s_j ← Σ_i Y_ij + β·s_j</c>: the sum of all rows, which is the gradient by a bias. The sum of no rows is 0.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="matrix">Y <c>[N×M]</c>.</param>
    /// <param name="sums">s <c>[1×M]</c>; shares no memory with Y.</param>
    /// <param name="beta">Factor of what s holds: 0 (the default) writes s without reading it, 1 adds.</param>
    /// <exception cref="ArgumentException">The shapes do not match, a matrix is not dense, or both share memory.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void Sum<T>(Matrix<T> matrix, Matrix<T> sums, T beta = default) where T : unmanaged, IFloatingPointIeee754<T>
    {
        OperandCheck.ThrowIfNotRowOf(matrix, sums, nameof(sums));
        // Whole matrices are as long as their shapes say; what is left to check is that they are two.
        ReadOnlySpan<T> y = matrix.AsSpan();
        Span<T> s = sums.AsSpan();
        OperandCheck.ThrowIfOverlaps(nameof(sums), s, nameof(matrix), y);
        RowSum<T>.Run(y, matrix.RowCount, matrix.RowCount, s, beta);
    }

    /// <summary><c>s_j ← Σ_i Y_ij + β·s_j</c> on memory, column after column.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="matrix">Y; may be longer than needed.</param>
    /// <param name="rows">N, 0 or more.</param>
    /// <param name="stride">Elements from one column of Y to the next, N or more.</param>
    /// <param name="sums">s, a number for each of the M columns; shares no memory with Y.</param>
    /// <param name="beta">Factor of what s holds; 0 writes s without reading it.</param>
    /// <exception cref="ArgumentException">Y is shorter than its shape, or shares memory with s.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void Sum<T>(ReadOnlySpan<T> matrix, int rows, int stride, Span<T> sums, T beta) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int length = OperandCheck.LengthOf("Y", rows, sums.Length, stride, matrix);
        OperandCheck.ThrowIfOverlaps("s", sums, "Y", matrix[..length]);
        RowSum<T>.Run(matrix, rows, stride, sums, beta);
    }

    /// <summary><c>Y_ij ← Y_ij + b_j</c>: a row added to every row. After a product it is cheaper to give it to the product as its bias.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="matrix">Y <c>[N×M]</c>.</param>
    /// <param name="row">b <c>[1×M]</c>; shares no memory with Y.</param>
    /// <exception cref="ArgumentException">The shapes do not match, a matrix is not dense, or both share memory.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void AddToEach<T>(Matrix<T> matrix, Matrix<T> row) where T : unmanaged, IFloatingPointIeee754<T>
    {
        OperandCheck.ThrowIfNotRowOf(matrix, row, nameof(row));
        AddToEach(matrix.AsSpan(), matrix.RowCount, matrix.RowCount, row.AsSpan());
    }

    /// <summary><c>Y_ij ← Y_ij + b_j</c> on memory, column after column.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="matrix">Y; may be longer than needed.</param>
    /// <param name="rows">N, 0 or more.</param>
    /// <param name="stride">Elements from one column of Y to the next, N or more.</param>
    /// <param name="row">b, a number for each of the M columns; shares no memory with Y.</param>
    /// <exception cref="ArgumentException">Y is shorter than its shape, or shares memory with b.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void AddToEach<T>(Span<T> matrix, int rows, int stride, ReadOnlySpan<T> row) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int length = OperandCheck.LengthOf<T>("Y", rows, row.Length, stride, matrix);
        OperandCheck.ThrowIfOverlaps<T>("Y", matrix[..length], "b", row);
        Rows.AddToEach(matrix, rows, stride, row);
    }

    /// <summary><c>Y_i ← X_index(i)</c>: row i of Y is the row of X that its index names, as an embedding looks words up.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="source">X <c>[V×D]</c>.</param>
    /// <param name="indices">N numbers from 0 to V − 1, in any order, also repeatedly.</param>
    /// <param name="target">Y <c>[N×D]</c>; shares no memory with X.</param>
    /// <exception cref="ArgumentException">The shapes do not match, a matrix is not dense, or both share memory.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index names no row of X.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void Gather<T>(Matrix<T> source, ReadOnlySpan<int> indices, Matrix<T> target) where T : unmanaged, IFloatingPointIeee754<T>
    {
        OperandCheck.ThrowIfNotIndexed(source, nameof(source), indices, target, nameof(target));
        OperandCheck.ThrowIfOverlaps<T>(nameof(target), target.AsSpan(), nameof(source), source.AsSpan());
        RowGather<T>.Run(source.AsSpan(), source.RowCount, indices, target.AsSpan(), source.ColumnCount);
    }

    /// <summary><c>Y_i ← X_index(i)</c> on memory, column after column.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="source">X <c>[V×D]</c>.</param>
    /// <param name="sourceRows">V, 0 or more.</param>
    /// <param name="indices">N numbers from 0 to V − 1, in any order, also repeatedly.</param>
    /// <param name="target">Y <c>[N×D]</c>; shares no memory with X.</param>
    /// <exception cref="ArgumentException">X is no multiple of V long, or Y not N·D, or both share memory.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index names no row of X.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void Gather<T>(ReadOnlySpan<T> source, int sourceRows, ReadOnlySpan<int> indices, Span<T> target)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ElementType<T>.ThrowIfNotSupported();
        OperandCheck.ThrowIfNotOfRows(sourceRows, source.Length);
        int columns = sourceRows == 0 ? 0 : source.Length / sourceRows;
        OperandCheck.ThrowIfNotOfShape<T>(nameof(target), target, indices.Length, columns);
        OperandCheck.ThrowIfNotBelow(sourceRows, indices, nameof(indices), "Index", "rows", nameof(source));
        OperandCheck.ThrowIfOverlaps(nameof(target), target, nameof(source), source);
        RowGather<T>.Run(source, sourceRows, indices, target, columns);
    }

    /// <summary><c>X ← β·X</c>, then <c>X_index(i) ← X_index(i) + Y_i</c> for each i in order: the gradient of <c>Gather</c>.
    /// Rows of Y with the same index add up.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="source">Y <c>[N×D]</c>.</param>
    /// <param name="indices">N numbers from 0 to V − 1.</param>
    /// <param name="target">X <c>[V×D]</c>; shares no memory with Y.</param>
    /// <param name="beta">Factor of what X holds: 1 adds to it, 0 starts from zeros without reading it.</param>
    /// <exception cref="ArgumentException">The shapes do not match, a matrix is not dense, or both share memory.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index names no row of X.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void ScatterAdd<T>(Matrix<T> source, ReadOnlySpan<int> indices, Matrix<T> target, T beta)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        OperandCheck.ThrowIfNotIndexed(target, nameof(target), indices, source, nameof(source));
        OperandCheck.ThrowIfOverlaps<T>(nameof(target), target.AsSpan(), nameof(source), source.AsSpan());
        RowScatter<T>.Run(source.AsSpan(), indices.Length, indices, target.AsSpan(), target.RowCount, target.ColumnCount, T.One, beta);
    }
}
