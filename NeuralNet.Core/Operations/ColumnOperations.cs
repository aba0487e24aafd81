using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core.Kernels.RowsAndColumns;

namespace NeuralNet.Core.Operations;

/// <summary>Operations on the columns of a matrix, one column a feature: their sum, and a column added to each.</summary>
/// <remarks>
/// <para>Large matrices are shared among the threads by rows, so the bits of a result do not depend on how many threads there are. Nothing is
/// allocated in steady state.</para>
/// <para><b>Threads.</b> Can be called from several at once, on different results.</para>
/// </remarks>
public static class ColumnOperations
{
    /// <summary><c>s_i ← Σ_j Y_ij + β·s_i</c>: the sum of all columns, in their order. The sum of no columns is 0.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="matrix">Y <c>[N×M]</c>.</param>
    /// <param name="sums">s <c>[N×1]</c>; shares no memory with Y.</param>
    /// <param name="beta">Factor of what s holds: 0 (the default) writes s without reading it, 1 adds.</param>
    /// <exception cref="ArgumentException">The shapes do not match, a matrix is not dense, or both share memory.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void Sum<T>(Matrix<T> matrix, Matrix<T> sums, T beta = default) where T : unmanaged, IFloatingPointIeee754<T>
    {
        OperandCheck.ThrowIfNotColumnOf(matrix, sums, nameof(sums));
        OperandCheck.ThrowIfOverlaps<T>(nameof(sums), sums.AsSpan(), nameof(matrix), matrix.AsSpan());
        Columns<T>.Sum(matrix.AsSpan(), matrix.ColumnCount, sums.AsSpan(), beta);
    }

    /// <summary><c>Y_ij ← Y_ij + c_i</c>: a column added to every column.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="matrix">Y <c>[N×M]</c>.</param>
    /// <param name="column">c <c>[N×1]</c>; shares no memory with Y.</param>
    /// <exception cref="ArgumentException">The shapes do not match, a matrix is not dense, or both share memory.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void AddToEach<T>(Matrix<T> matrix, Matrix<T> column) where T : unmanaged, IFloatingPointIeee754<T>
    {
        OperandCheck.ThrowIfNotColumnOf(matrix, column, nameof(column));
        OperandCheck.ThrowIfOverlaps<T>(nameof(matrix), matrix.AsSpan(), nameof(column), column.AsSpan());
        Columns<T>.AddToEach(matrix.AsSpan(), matrix.ColumnCount, column.AsSpan());
    }
}
