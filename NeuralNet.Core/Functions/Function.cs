using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace NeuralNet.Core.Functions;

/// <summary>A function of one number, applied to every entry: <c>yᵢ = f(xᵢ)</c>, <c>dxᵢ = upstreamᵢ·f′(xᵢ)</c>. At once activation layer, gate by hand,
/// and gate of a graph.</summary>
/// <remarks>
/// <para>The mathematics is written once, on spans: a matrix is the span of its entries, a number a span of length 1.</para>
/// <para><b>Shapes.</b> X and Y of one shape, any. <b>Cached.</b> X and Y. <b>Parameters.</b> None. <b>Threads.</b> See <see cref="Gate{T}"/>.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public abstract class Function<T> : Layer<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override FlowPattern Pattern => FlowPattern.Scaler;

    /// <inheritdoc/>
    public sealed override bool IsElementwise => true;

    /// <summary>The output for a number.</summary>
    /// <param name="x">The input.</param>
    /// <param name="cache">Remembers what <see cref="Backward(T, Cache{T})"/> needs.</param>
    public T Forward(T x, Cache<T> cache)
    {
        ArgumentNullException.ThrowIfNull(cache);
        T y = default;
        ForwardCore(new ReadOnlySpan<T>(in x), new Span<T>(ref y));
        cache.Keep(this, x, y);
        return y;
    }

    /// <summary>The downstream gradient for a number, upstream × local gradient.</summary>
    /// <param name="upstream">The gradient of the loss by y.</param>
    /// <param name="cache">The cache of the forward pass.</param>
    /// <exception cref="InvalidOperationException">No forward pass on a number was completed with this cache, or it was another gate's.</exception>
    public T Backward(T upstream, Cache<T> cache)
    {
        ReadOnlySpan<T> kept = RecallNumbers(cache);
        T downstream = default;
        BackwardCore(new ReadOnlySpan<T>(in upstream), kept[..1], kept[1..], new Span<T>(ref downstream));
        return downstream;
    }

    /// <summary><c>y = f(x)</c>, entry by entry.</summary>
    /// <param name="x">Input.</param>
    /// <param name="y">Output, of the same length.</param>
    protected abstract void ForwardCore(ReadOnlySpan<T> x, Span<T> y);

    /// <summary><c>downstream = upstream·f′(x)</c>, entry by entry.</summary>
    /// <param name="upstream">Gradient of the loss by y.</param>
    /// <param name="x">Input of the forward pass.</param>
    /// <param name="y">Output of the forward pass.</param>
    /// <param name="downstream">Gradient of the loss by x.</param>
    protected abstract void BackwardCore(ReadOnlySpan<T> upstream, ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> downstream);

    /// <inheritdoc/>
    protected sealed override Matrix<T> ForwardCore(Matrix<T> input, Cache<T> cache)
    {
        ArgumentNullException.ThrowIfNull(cache);
        Matrix<T> output = cache.Buffer(0, input.RowCount, input.ColumnCount);
        ForwardCore(input.AsSpan(), output.AsSpan());
        return output;
    }

    /// <inheritdoc/>
    protected sealed override Matrix<T> BackwardCore(
        Matrix<T> upstream, Matrix<T> input, Matrix<T> output, bool isInputWanted, Cache<T> cache)
    {
        ArgumentNullException.ThrowIfNull(cache);
        Matrix<T> downstream = cache.Buffer(1, input.RowCount, input.ColumnCount);
        BackwardCore(upstream.AsSpan(), input.AsSpan(), output.AsSpan(), downstream.AsSpan());
        return downstream;
    }

    internal sealed override bool TakesNumbers => true;

    internal sealed override void ForwardNumbers(T[] values, ReadOnlySpan<int> inputs, int output) =>
        ForwardCore(values.AsSpan(inputs[0], 1), values.AsSpan(output, 1));

    internal sealed override void BackwardNumbers(
        T upstream, T[] values, ReadOnlySpan<int> inputs, int output, Wanted wanted, Span<T> downstream) =>
        BackwardCore(new ReadOnlySpan<T>(in upstream), values.AsSpan(inputs[0], 1), values.AsSpan(output, 1), downstream[..1]);
}
