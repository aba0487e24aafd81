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

    /// <summary>The mean over the rows of <c>−ln p_i,y(i) = ln Σ_k e^s_ik − s_i,y(i)</c>, in nats, where p is the softmax of s; and its gradient
    /// times N in the same pass.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="logits">s <c>[N×C]</c>, at least one row and one column.</param>
    /// <param name="labels">y, N numbers from 0 to C − 1.</param>
    /// <param name="difference">Receives <c>p_ij − [j = y(i)]</c>, <c>[N×C]</c>; shares no memory with s.</param>
    /// <exception cref="ArgumentException">The shapes differ, there is no row, there is not a label for each row, a matrix is not dense, or both share memory.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is not one of the columns.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static T CrossEntropy<T>(Matrix<T> logits, ReadOnlySpan<int> labels, Matrix<T> difference) where T : unmanaged, IFloatingPointIeee754<T>
    {
        OperandCheck.ThrowIfShapeDiffers(logits, nameof(logits), difference, nameof(difference));
        if (labels.Length != logits.RowCount || labels.IsEmpty)
        {
            throw new ArgumentException(
                $"The cross-entropy of logits {logits.Shape()} needs a row at least and a label for each, got {labels.Length} labels.", nameof(labels));
        }

        OperandCheck.ThrowIfNotBelow(logits.ColumnCount, labels, nameof(labels), "Label", "columns", nameof(logits));
        ReadOnlySpan<T> s = logits.AsSpan();
        Span<T> target = difference.AsSpan();
        OperandCheck.ThrowIfOverlaps(nameof(difference), target, nameof(logits), s);
        return CrossEntropyPass<T>.Run(s, labels, target);
    }
}
