using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core.Kernels.Samples;

namespace NeuralNet.Core.Operations;

/// <content>The logarithm of softmax, and the cross-entropy, which is made of it.</content>
public static partial class SoftmaxOperations
{
    /// <summary><c>y_ij ← x_ij − ln Σ_k e^x_ik</c>.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">x <c>[N×C]</c>.</param>
    /// <param name="y">y <c>[N×C]</c>; may be x, and shares no memory with it otherwise.</param>
    /// <exception cref="ArgumentException">The shapes differ, a matrix is not dense, or both share a part of their memory.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void LogSoftmax<T>(Matrix<T> x, Matrix<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        OperandCheck.ThrowIfShapeDiffers(x, nameof(x), y, nameof(y));
        LogSoftmax(x.AsSpan(), x.RowCount, y.AsSpan());
    }

    /// <summary><c>y_ij ← x_ij − ln Σ_k e^x_ik</c> on memory, column after column.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">x <c>[N×C]</c>.</param>
    /// <param name="rows">N, 0 or more.</param>
    /// <param name="y">y, as long as x; may be x, and shares no memory with it otherwise.</param>
    /// <exception cref="ArgumentException">The lengths differ or are no multiple of the rows, or both share a part of their memory.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void LogSoftmax<T>(ReadOnlySpan<T> x, int rows, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        OperandCheck.ThrowIfNotElementwise<T>("y", y, "x", x);
        OperandCheck.ThrowIfNotOfRows(rows, y.Length);
        SamplePass<T, LogSoftmaxForward<T>>.Run(default, rows, x, default, y);
    }

    /// <summary>The gradient of <see cref="LogSoftmax{T}(Matrix{T}, Matrix{T})"/>: <c>dx_ij ← g_ij − e^y_ij·Σ_k g_ik</c>.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="upstream">g <c>[N×C]</c>, the gradient of the loss by y.</param>
    /// <param name="y">y <c>[N×C]</c>, the logarithm of the softmax.</param>
    /// <param name="downstream">dx <c>[N×C]</c>; may be g or y, and shares no memory with them otherwise.</param>
    /// <exception cref="ArgumentException">The shapes differ, a matrix is not dense, or dx shares a part of its memory with g or y.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void LogSoftmaxBackward<T>(Matrix<T> upstream, Matrix<T> y, Matrix<T> downstream) where T : unmanaged, IFloatingPointIeee754<T>
    {
        OperandCheck.ThrowIfShapeDiffers(y, nameof(y), upstream, nameof(upstream));
        OperandCheck.ThrowIfShapeDiffers(y, nameof(y), downstream, nameof(downstream));
        LogSoftmaxBackward(upstream.AsSpan(), y.RowCount, y.AsSpan(), downstream.AsSpan());
    }

    /// <summary>The gradient of <see cref="LogSoftmax{T}(ReadOnlySpan{T}, int, Span{T})"/> on memory: <c>dx_ij ← g_ij − e^y_ij·Σ_k g_ik</c>.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="upstream">g, the gradient of the loss by y.</param>
    /// <param name="rows">N, 0 or more.</param>
    /// <param name="y">y, the logarithm of the softmax.</param>
    /// <param name="downstream">dx, as long as both; may be g or y, and shares no memory with them otherwise.</param>
    /// <exception cref="ArgumentException">The lengths differ or are no multiple of the rows, or dx shares a part of its memory with g or y.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void LogSoftmaxBackward<T>(ReadOnlySpan<T> upstream, int rows, ReadOnlySpan<T> y, Span<T> downstream)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ThrowIfNotBackward(upstream, rows, y, downstream);
        SamplePass<T, LogSoftmaxBackward<T>>.Run(default, rows, upstream, y, downstream);
    }

    /// <summary><c>−ln p_i,y(i) = ln Σ_k e^s_ik − s_i,y(i)</c> of each row, in nats, where p is the softmax of s; and its gradient in the same pass.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="logits">s <c>[N×C]</c> in memory, column after column.</param>
    /// <param name="labels">y, N numbers from 0 to C − 1, at least one.</param>
    /// <param name="difference">Receives <c>p_ij − [j = y(i)]</c>, as long as s; shares no memory with it.</param>
    /// <param name="losses">Receives the N losses; shares no memory with the others.</param>
    /// <exception cref="ArgumentException">The lengths do not match, there is no row, or two share memory.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is not one of the columns.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void CrossEntropy<T>(ReadOnlySpan<T> logits, ReadOnlySpan<int> labels, Span<T> difference, Span<T> losses)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        OperandCheck.ThrowIfNotLosses<T>(nameof(logits), logits, nameof(difference), difference, losses);
        OperandCheck.ThrowIfNotLabels(labels, losses.Length, logits.Length / losses.Length, nameof(logits));
        LossPass<T>.CrossEntropy(logits, labels, difference, losses);
    }

    /// <summary><c>−Σ_j q_ij·ln p_ij = Σ_j q_ij·(ln Σ_k e^s_ik − s_ij)</c> of each row, in nats, where p is the softmax of s; and its gradient in the same pass.
    /// What q is 0 for adds nothing.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="logits">s <c>[N×C]</c> in memory, column after column.</param>
    /// <param name="targets">q, as long as s, 0 or more; rows need not add up to 1.</param>
    /// <param name="difference">Receives <c>p_ij·Σ_k q_ik − q_ij</c>, as long as s; shares no memory with s and q.</param>
    /// <param name="losses">Receives the N losses, N at least 1; shares no memory with the others.</param>
    /// <exception cref="ArgumentException">The lengths do not match, there is no row, or two share memory.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void CrossEntropy<T>(ReadOnlySpan<T> logits, ReadOnlySpan<T> targets, Span<T> difference, Span<T> losses)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        OperandCheck.ThrowIfNotLosses<T>(nameof(logits), logits, nameof(difference), difference, losses);
        OperandCheck.ThrowIfNotLosses<T>(nameof(targets), targets, nameof(difference), difference, losses);
        LossPass<T>.CrossEntropy(logits, targets, difference, losses);
    }
}
