using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core.Kernels.Samples;

namespace NeuralNet.Core.Operations;

/// <summary>Softmax over the columns of each row, its logarithm, their gradients, and the cross-entropy of it: one row a sample, one column a class.</summary>
/// <remarks>
/// <para>Stable: the largest of a row is subtracted first, so results are finite at numbers of ±1e4 as well, and a logarithm is taken of the sum,
/// not of a softmax that may be 0.</para>
/// <para>Large matrices are shared among the threads by rows, so the bits of a result do not depend on how many threads there are. Nothing is
/// allocated in steady state. Where there are no rows or no columns nothing is done.</para>
/// <para><b>Source.</b> Goodfellow, Bengio and Courville (2016), equations 4.1 and 6.29; the gradients are their derivatives.
/// <b>Threads.</b> Can be called from several at once, on different results.</para>
/// </remarks>
public static partial class SoftmaxOperations
{
    /// <summary><c>y_ij ← e^x_ij / Σ_k e^x_ik</c>.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">x <c>[N×C]</c>.</param>
    /// <param name="y">y <c>[N×C]</c>; may be x, and shares no memory with it otherwise.</param>
    /// <exception cref="ArgumentException">The shapes differ, a matrix is not dense, or both share a part of their memory.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void Softmax<T>(Matrix<T> x, Matrix<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        OperandCheck.ThrowIfShapeDiffers(x, nameof(x), y, nameof(y));
        Softmax(x.AsSpan(), x.RowCount, y.AsSpan());
    }

    /// <summary><c>y_ij ← e^x_ij / Σ_k e^x_ik</c> on memory, column after column.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">x <c>[N×C]</c>.</param>
    /// <param name="rows">N, 0 or more.</param>
    /// <param name="y">y, as long as x; may be x, and shares no memory with it otherwise.</param>
    /// <exception cref="ArgumentException">The lengths differ or are no multiple of the rows, or both share a part of their memory.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void Softmax<T>(ReadOnlySpan<T> x, int rows, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        OperandCheck.ThrowIfNotElementwise<T>("y", y, "x", x);
        OperandCheck.ThrowIfNotOfRows(rows, y.Length);
        SamplePass<T, SoftmaxForward<T>>.Run(default, rows, x, default, y);
    }

    /// <summary>The gradient of <see cref="Softmax{T}(Matrix{T}, Matrix{T})"/>: <c>dx_ij ← y_ij·(g_ij − Σ_k g_ik·y_ik)</c>.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="upstream">g <c>[N×C]</c>, the gradient of the loss by y.</param>
    /// <param name="y">y <c>[N×C]</c>, the softmax.</param>
    /// <param name="downstream">dx <c>[N×C]</c>; may be g or y, and shares no memory with them otherwise.</param>
    /// <exception cref="ArgumentException">The shapes differ, a matrix is not dense, or dx shares a part of its memory with g or y.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void SoftmaxBackward<T>(Matrix<T> upstream, Matrix<T> y, Matrix<T> downstream) where T : unmanaged, IFloatingPointIeee754<T>
    {
        OperandCheck.ThrowIfShapeDiffers(y, nameof(y), upstream, nameof(upstream));
        OperandCheck.ThrowIfShapeDiffers(y, nameof(y), downstream, nameof(downstream));
        SoftmaxBackward(upstream.AsSpan(), y.RowCount, y.AsSpan(), downstream.AsSpan());
    }

    /// <summary>The gradient of <see cref="Softmax{T}(ReadOnlySpan{T}, int, Span{T})"/> on memory: <c>dx_ij ← y_ij·(g_ij − Σ_k g_ik·y_ik)</c>.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="upstream">g, the gradient of the loss by y.</param>
    /// <param name="rows">N, 0 or more.</param>
    /// <param name="y">y, the softmax.</param>
    /// <param name="downstream">dx, as long as both; may be g or y, and shares no memory with them otherwise.</param>
    /// <exception cref="ArgumentException">The lengths differ or are no multiple of the rows, or dx shares a part of its memory with g or y.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void SoftmaxBackward<T>(ReadOnlySpan<T> upstream, int rows, ReadOnlySpan<T> y, Span<T> downstream)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ThrowIfNotBackward(upstream, rows, y, downstream);
        SamplePass<T, SoftmaxBackward<T>>.Run(default, rows, upstream, y, downstream);
    }

    private static void ThrowIfNotBackward<T>(ReadOnlySpan<T> upstream, int rows, ReadOnlySpan<T> y, Span<T> downstream)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        OperandCheck.ThrowIfNotElementwise<T>(nameof(downstream), downstream, nameof(upstream), upstream);
        OperandCheck.ThrowIfNotElementwise<T>(nameof(downstream), downstream, nameof(y), y);
        OperandCheck.ThrowIfNotOfRows(rows, downstream.Length);
    }
}
