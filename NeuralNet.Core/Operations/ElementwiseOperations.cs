using System.Numerics;
using NeuralNet.Core.Kernels.Elementwise;

namespace NeuralNet.Core.Operations;

/// <summary>Operations on the elements of memory, each in one pass, in vectors: what losses do to whole matrices. Update rules stand in <see cref="UpdateOperations"/>.</summary>
/// <remarks>
/// <para>Take the memory of a matrix with <see cref="MatrixExtensions.AsSpan{T}"/>. Long runs are shared among the threads, with the same bits
/// at any number of them. Nothing is allocated in steady state. Functions of one number stand in <see cref="Functions"/>.</para>
/// <para>An operand may be the result itself, or must share no memory with it.</para>
/// <para><b>Threads.</b> Can be called from several at once, on different results.</para>
/// </remarks>
public static class ElementwiseOperations
{
    /// <summary><c>y_i ← factor·x_i</c>.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">x.</param>
    /// <param name="factor">The factor.</param>
    /// <param name="y">y, as long as x; may be x.</param>
    /// <exception cref="ArgumentException">The lengths differ, or both share a part of their memory.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void Scale<T>(ReadOnlySpan<T> x, T factor, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        OperandCheck.ThrowIfNotElementwise<T>(nameof(y), y, nameof(x), x);
        ElementwisePass<T, ScaleBy<T>>.Run(new(factor), x, y);
    }

    /// <summary><c>y_i ← y_i + factor·x_i</c> (AXPY of the Level 1 BLAS), each rounded once: a step of plain descent, with the negative learning rate.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">x.</param>
    /// <param name="factor">The factor.</param>
    /// <param name="y">y, as long as x; may be x.</param>
    /// <exception cref="ArgumentException">The lengths differ, or both share a part of their memory.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void AddScaled<T>(ReadOnlySpan<T> x, T factor, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        OperandCheck.ThrowIfNotElementwise<T>(nameof(y), y, nameof(x), x);
        ElementwisePass<T, AddScaled<T>>.Run(new(factor), x, y);
    }

    /// <summary><c>y_i ← y_i + factor·sign(x_i)</c>, the sign of 0 being 0: the gradient of <c>factor·Σ |x_i|</c> added to another.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">x.</param>
    /// <param name="factor">The factor, 0 or more.</param>
    /// <param name="y">y, as long as x; may be x.</param>
    /// <exception cref="ArgumentException">The lengths differ, or both share a part of their memory.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The factor is negative or NaN.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void AddSign<T>(ReadOnlySpan<T> x, T factor, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        OperandCheck.ThrowIfNotElementwise<T>(nameof(y), y, nameof(x), x);
        if (!(factor >= T.Zero))
        {
            throw new ArgumentOutOfRangeException(nameof(factor), factor, $"{nameof(factor)} must be 0 or more, got {factor}.");
        }

        ElementwisePass<T, AddSign<T>>.Run(new(factor), x, y);
    }

    /// <summary><c>z_i ← x_i·y_i</c>, such as a mask or an upstream gradient times a local one.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">x.</param>
    /// <param name="y">y, as long as x.</param>
    /// <param name="z">z, as long as both; may be x or y.</param>
    /// <exception cref="ArgumentException">The lengths differ, or z shares a part of its memory with x or y.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void Multiply<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> z) where T : unmanaged, IFloatingPointIeee754<T>
    {
        OperandCheck.ThrowIfNotElementwise<T>(nameof(z), z, nameof(x), x);
        OperandCheck.ThrowIfNotElementwise<T>(nameof(z), z, nameof(y), y);
        ElementwisePass<T, Multiply<T>>.Run(default, x, y, z);
    }

    /// <summary><c>y_i ← y_i + factor·(x_i − y_i)</c>: a running mean, which moves toward what comes in.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="x">x.</param>
    /// <param name="factor">How far, from 0 (not at all) to 1.</param>
    /// <param name="y">y, as long as x.</param>
    /// <exception cref="ArgumentException">The lengths differ, or both share a part of their memory.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static void MoveToward<T>(ReadOnlySpan<T> x, T factor, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>
    {
        OperandCheck.ThrowIfNotElementwise<T>(nameof(y), y, nameof(x), x);
        ElementwisePass<T, MoveToward<T>>.Run(new(factor), x, y);
    }
}
