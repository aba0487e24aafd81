using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core.Kernels.Transposing;

namespace NeuralNet.Core.Operations;

/// <summary>The transposed of a matrix, written in blocks that stay in the caches.</summary>
/// <remarks>
/// <para>A product takes its factors transposed without this. Large matrices are shared among the threads; nothing is allocated in steady state.</para>
/// <para><b>Threads.</b> Can be called from several at once, on different results.</para>
/// </remarks>
public static class MatrixTransposition
{
    /// <summary><c>Y ← Xᵀ</c>.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="source">X <c>[n×m]</c>.</param>
    /// <param name="target">Y <c>[m×n]</c>; shares no memory with X.</param>
    /// <exception cref="ArgumentException">The shapes do not match, a matrix is not dense, or both share memory.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void Transpose<T>(Matrix<T> source, Matrix<T> target) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(target);
        OperandCheck.ThrowIfNotOfShape(target, source.ColumnCount, source.RowCount, nameof(target));
        Transpose(source.RowCount, source.ColumnCount, source.AsSpan(), source.RowCount, target.AsSpan(), target.RowCount);
    }

    /// <summary><c>Y ← Xᵀ</c> on memory, column after column.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="rows">Rows of X, 0 or more.</param>
    /// <param name="columns">Columns of X, 0 or more.</param>
    /// <param name="source">X; may be longer than needed.</param>
    /// <param name="sourceStride">Elements from one column of X to the next, its rows or more.</param>
    /// <param name="target">Y <c>[columns×rows]</c>; shares no memory with X. What lies between its columns is not touched.</param>
    /// <param name="targetStride">Elements from one column of Y to the next, the columns of X or more.</param>
    /// <exception cref="ArgumentException">A size or stride is impossible, a span too short, or both share memory.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void Transpose<T>(int rows, int columns, ReadOnlySpan<T> source, int sourceStride, Span<T> target, int targetStride)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int sourceLength = OperandCheck.LengthOf("X", rows, columns, sourceStride, source);
        int targetLength = OperandCheck.LengthOf<T>("Y", columns, rows, targetStride, target);
        OperandCheck.ThrowIfOverlaps<T>("Y", target[..targetLength], "X", source[..sourceLength]);
        TransposedCopy<T>.Run(rows, columns, source, sourceStride, target, targetStride);
    }
}
