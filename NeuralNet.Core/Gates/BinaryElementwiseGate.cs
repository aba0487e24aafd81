using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace NeuralNet.Core.Gates;

/// <summary>
/// A gate that applies one function to the entries of two matrices of one shape, pair by pair: <c>zᵢ = f(xᵢ, yᵢ)</c>,
/// <c>dxᵢ = upstreamᵢ·∂zᵢ/∂xᵢ</c>, <c>dyᵢ = upstreamᵢ·∂zᵢ/∂yᵢ</c>.
/// </summary>
/// <remarks>The mathematics is written once, on spans: a matrix is the span of its entries, a number a span of length 1.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public abstract class BinaryElementwiseGate<T> : BinaryGate<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public sealed override bool IsElementwise => true;

    /// <summary>The output for two numbers.</summary>
    /// <param name="x">First input.</param>
    /// <param name="y">Second input.</param>
    /// <param name="cache">Remembers what <see cref="Backward(T, Cache{T})"/> needs.</param>
    public T Forward(T x, T y, Cache<T> cache)
    {
        ArgumentNullException.ThrowIfNull(cache);
        T z = default;
        ForwardCore(new ReadOnlySpan<T>(in x), new ReadOnlySpan<T>(in y), new Span<T>(ref z));
        cache.Keep(this, x, y, z);
        return z;
    }

    /// <summary>The downstream gradients for two numbers, upstream × local gradient.</summary>
    /// <param name="upstream">The gradient of the loss by z.</param>
    /// <param name="cache">The cache of the forward pass.</param>
    /// <returns>The gradients of the loss by x and by y.</returns>
    /// <exception cref="InvalidOperationException">No forward pass on numbers was completed with this cache, or it was another gate's.</exception>
    public (T Dx, T Dy) Backward(T upstream, Cache<T> cache)
    {
        ReadOnlySpan<T> kept = RecallNumbers(cache);
        T dx = default, dy = default;
        var dz = new ReadOnlySpan<T>(in upstream);
        BackwardX(dz, kept[..1], kept[1..2], kept[2..], new Span<T>(ref dx));
        BackwardY(dz, kept[..1], kept[1..2], kept[2..], new Span<T>(ref dy));
        return (dx, dy);
    }

    /// <summary><c>z = f(x, y)</c>, entry by entry.</summary>
    /// <param name="x">First input.</param>
    /// <param name="y">Second input.</param>
    /// <param name="z">Output, of the same length.</param>
    protected abstract void ForwardCore(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> z);

    /// <summary><c>dx = upstream·∂z/∂x</c>, entry by entry.</summary>
    /// <param name="upstream">Gradient of the loss by z.</param>
    /// <param name="x">First input of the forward pass.</param>
    /// <param name="y">Second input of the forward pass.</param>
    /// <param name="z">Output of the forward pass.</param>
    /// <param name="dx">Gradient of the loss by x.</param>
    protected abstract void BackwardX(ReadOnlySpan<T> upstream, ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> z, Span<T> dx);

    /// <summary><c>dy = upstream·∂z/∂y</c>, entry by entry.</summary>
    /// <param name="upstream">Gradient of the loss by z.</param>
    /// <param name="x">First input of the forward pass.</param>
    /// <param name="y">Second input of the forward pass.</param>
    /// <param name="z">Output of the forward pass.</param>
    /// <param name="dy">Gradient of the loss by y.</param>
    protected abstract void BackwardY(ReadOnlySpan<T> upstream, ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> z, Span<T> dy);

    /// <inheritdoc/>
    protected sealed override Matrix<T> ForwardCore(Matrix<T> x, Matrix<T> y, Cache<T> cache)
    {
        ArgumentNullException.ThrowIfNull(cache);
        if (!x.HasShapeOf(y))
        {
            throw new ArgumentException(
                $"{this} works entry by entry and expects two matrices of one shape, got {x.Shape()} and {y.Shape()}. " +
                "Only AddRowGate repeats its second input.");
        }

        Matrix<T> z = cache.Buffer(0, x.RowCount, x.ColumnCount);
        ForwardCore(x.AsSpan(), y.AsSpan(), z.AsSpan());
        return z;
    }

    /// <inheritdoc/>
    protected sealed override (Matrix<T>? Dx, Matrix<T>? Dy) BackwardCore(
        Matrix<T> upstream, Matrix<T> x, Matrix<T> y, Matrix<T> z, Wanted wanted, Cache<T> cache)
    {
        ArgumentNullException.ThrowIfNull(cache);
        Matrix<T>? dx = wanted[0] ? cache.Buffer(1, x.RowCount, x.ColumnCount) : null;
        Matrix<T>? dy = wanted[1] ? cache.Buffer(2, y.RowCount, y.ColumnCount) : null;
        if (dx is not null)
        {
            BackwardX(upstream.AsSpan(), x.AsSpan(), y.AsSpan(), z.AsSpan(), dx.AsSpan());
        }

        if (dy is not null)
        {
            BackwardY(upstream.AsSpan(), x.AsSpan(), y.AsSpan(), z.AsSpan(), dy.AsSpan());
        }

        return (dx, dy);
    }

    internal sealed override bool TakesNumbers => true;

    internal sealed override void ForwardNumbers(T[] values, ReadOnlySpan<int> inputs, int output) =>
        ForwardCore(values.AsSpan(inputs[0], 1), values.AsSpan(inputs[1], 1), values.AsSpan(output, 1));

    internal sealed override void BackwardNumbers(
        T upstream, T[] values, ReadOnlySpan<int> inputs, int output, Wanted wanted, Span<T> downstream)
    {
        ReadOnlySpan<T> dz = new(in upstream), x = values.AsSpan(inputs[0], 1), y = values.AsSpan(inputs[1], 1), z = values.AsSpan(output, 1);
        if (wanted[0])
        {
            BackwardX(dz, x, y, z, downstream[..1]);
        }

        if (wanted[1])
        {
            BackwardY(dz, x, y, z, downstream[1..2]);
        }
    }
}
