using System.Numerics;
using NeuralNet.Core.Functions;

namespace NeuralNet.Core.Gates;

/// <summary>
/// The base for an element-wise gate of your own with one input: write <c>f(x)</c> and <c>f′(x)</c> for one number, and the gate works
/// on numbers and matrices, in graphs, drawings and checks.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public abstract class FormulaGate<T> : Function<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary><c>f(x)</c>.</summary>
    /// <param name="x">The input.</param>
    protected abstract T Value(T x);

    /// <summary><c>f′(x)</c>, without the upstream gradient.</summary>
    /// <param name="x">The input.</param>
    /// <param name="y">The value <c>f(x)</c>.</param>
    protected abstract T Slope(T x, T y);

    /// <inheritdoc/>
    protected sealed override void ForwardCore(ReadOnlySpan<T> x, Span<T> y)
    {
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = Value(x[i]);
        }
    }

    /// <inheritdoc/>
    protected sealed override void BackwardCore(ReadOnlySpan<T> upstream, ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> downstream)
    {
        for (int i = 0; i < x.Length; i++)
        {
            downstream[i] = upstream[i] * Slope(x[i], y[i]);
        }
    }
}
