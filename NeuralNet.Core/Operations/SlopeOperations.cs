using System.Numerics;
using NeuralNet.Core.Kernels.Normalizing;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Operations;

/// <summary>The leaky rectifier with a slope of its own for each column, as a parametric ReLU learns it, and its gradients.</summary>
/// <remarks>
/// <para>On memory, column after column: take that of a matrix with <see cref="MatrixExtensions.AsSpan{T}"/>. As <c>[N×(C·P)]</c> is <c>[(N·P)×C]</c>, the same memory
/// with other rows has a slope for each channel.</para>
/// <para>Large matrices are shared among the threads by columns, with the same bits at any number of them. Nothing is allocated in steady state.</para>
/// <para><b>Source.</b> He, Zhang, Ren and Sun (2015), "Delving deep into rectifiers", equations 1 and 8. <b>Threads.</b> Can be called from several at once,
/// on different results.</para>
/// </remarks>
public static class SlopeOperations
{
    /// <summary><c>y_ij ← x_ij</c> where it is positive, <c>a_j·x_ij</c> elsewhere.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">x <c>[N×C]</c>.</param>
    /// <param name="rows">N, 0 or more.</param>
    /// <param name="slopes">a, a number for each of the C columns; shares no memory with y.</param>
    /// <param name="y">y, as long as x; may be x.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other, or y shares memory with another but all of x.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void Rectify<T>(ReadOnlySpan<T> x, int rows, ReadOnlySpan<T> slopes, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        OperandCheck.ThrowIfNotElementwise<T>(nameof(y), y, nameof(x), x);
        OperandCheck.ThrowIfNotOfShape(nameof(x), x, rows, slopes.Length);
        OperandCheck.ThrowIfOverlaps<T>(nameof(y), y, nameof(slopes), slopes);
        EntryPass<T, RectifyColumn<T>, No, No>.Run(rows, slopes.Length, x, default, y, slopes, default);
    }

    /// <summary><c>dx_ij ← g_ij</c> where x is positive, <c>a_j·g_ij</c> elsewhere, and <c>da_j ← Σ_i g_ij·x_ij</c> over those elsewhere.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="upstream">g <c>[N×C]</c>, the gradient of the loss by y.</param>
    /// <param name="rows">N, 0 or more.</param>
    /// <param name="x">x <c>[N×C]</c>.</param>
    /// <param name="slopes">a, a number for each of the C columns; shares no memory with what is written.</param>
    /// <param name="downstream">dx, as long as x; may be g or x.</param>
    /// <param name="slopeGradients">da, a number for each column; shares no memory with the others.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other, or what is written shares memory with another.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void RectifyBackward<T>(
        ReadOnlySpan<T> upstream, int rows, ReadOnlySpan<T> x, ReadOnlySpan<T> slopes, Span<T> downstream, Span<T> slopeGradients)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        OperandCheck.ThrowIfNotElementwise<T>(nameof(downstream), downstream, nameof(upstream), upstream);
        OperandCheck.ThrowIfNotElementwise<T>(nameof(downstream), downstream, nameof(x), x);
        OperandCheck.ThrowIfNotOfShape(nameof(x), x, rows, slopes.Length);
        OperandCheck.ThrowIfNotApart(nameof(slopeGradients), slopeGradients, nameof(slopes), slopes);
        OperandCheck.ThrowIfOverlaps<T>(nameof(downstream), downstream, nameof(slopes), slopes);
        OperandCheck.ThrowIfOverlaps<T>(nameof(slopeGradients), slopeGradients, nameof(downstream), downstream);
        OperandCheck.ThrowIfOverlaps(nameof(slopeGradients), slopeGradients, nameof(upstream), upstream);
        OperandCheck.ThrowIfOverlaps(nameof(slopeGradients), slopeGradients, nameof(x), x);
        EntryPass<T, RectifyColumnBackward<T>, No, No>.Run(rows, slopes.Length, upstream, x, downstream, slopes, slopeGradients);
    }
}
