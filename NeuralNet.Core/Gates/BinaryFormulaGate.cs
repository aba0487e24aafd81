using System.Numerics;

namespace NeuralNet.Core.Gates;

/// <summary>
/// The base for an element-wise gate of your own with two inputs: write <c>f(x, y)</c> and its two slopes for numbers, and the gate works
/// on numbers and matrices, in graphs, drawings and checks.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public abstract class BinaryFormulaGate<T> : BinaryElementwiseGate<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override FlowPattern Pattern => FlowPattern.Scaler;

    /// <summary><c>f(x, y)</c>.</summary>
    /// <param name="x">First input.</param>
    /// <param name="y">Second input.</param>
    protected abstract T Value(T x, T y);

    /// <summary><c>∂f/∂x</c>, without the upstream gradient.</summary>
    /// <param name="x">First input.</param>
    /// <param name="y">Second input.</param>
    /// <param name="z">The value <c>f(x, y)</c>.</param>
    protected abstract T SlopeX(T x, T y, T z);

    /// <summary><c>∂f/∂y</c>, without the upstream gradient.</summary>
    /// <param name="x">First input.</param>
    /// <param name="y">Second input.</param>
    /// <param name="z">The value <c>f(x, y)</c>.</param>
    protected abstract T SlopeY(T x, T y, T z);

    /// <inheritdoc/>
    protected sealed override void ForwardCore(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> z)
    {
        for (int i = 0; i < x.Length; i++)
        {
            z[i] = Value(x[i], y[i]);
        }
    }

    /// <inheritdoc/>
    protected sealed override void BackwardX(
        ReadOnlySpan<T> upstream, ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> z, Span<T> dx)
    {
        for (int i = 0; i < x.Length; i++)
        {
            dx[i] = upstream[i] * SlopeX(x[i], y[i], z[i]);
        }
    }

    /// <inheritdoc/>
    protected sealed override void BackwardY(
        ReadOnlySpan<T> upstream, ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> z, Span<T> dy)
    {
        for (int i = 0; i < x.Length; i++)
        {
            dy[i] = upstream[i] * SlopeY(x[i], y[i], z[i]);
        }
    }
}
