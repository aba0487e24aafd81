using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core.Shapes;

namespace NeuralNet.Core.Gates;

/// <summary>A gate that makes one number of all entries of a matrix, as a <c>[1×1]</c> matrix: the base of sum, mean and sum of squares.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public abstract class ReductionGate<T> : Layer<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public sealed override SampleShape? OutputShape(SampleShape? input) => 1;

    /// <summary>The number.</summary>
    /// <param name="x">All entries.</param>
    protected abstract T Reduce(ReadOnlySpan<T> x);

    /// <summary>Upstream × local gradient.</summary>
    /// <param name="upstream">Gradient of the loss by the number.</param>
    /// <param name="x">All entries.</param>
    /// <param name="dx">Gradient of the loss by each of them.</param>
    protected abstract void Spread(T upstream, ReadOnlySpan<T> x, Span<T> dx);

    /// <inheritdoc/>
    protected sealed override Matrix<T> ForwardCore(Matrix<T> input, Cache<T> cache)
    {
        ArgumentNullException.ThrowIfNull(cache);
        Matrix<T> y = cache.Buffer(0, 1, 1);
        y.AsSpan()[0] = Reduce(input.AsSpan());
        return y;
    }

    /// <inheritdoc/>
    protected sealed override Matrix<T> BackwardCore(Matrix<T> upstream, Matrix<T> input, Matrix<T> output, bool isInputWanted, Cache<T> cache)
    {
        ArgumentNullException.ThrowIfNull(cache);
        Matrix<T> dx = cache.Buffer(1, input.RowCount, input.ColumnCount);
        Spread(upstream.AsSpan()[0], input.AsSpan(), dx.AsSpan());
        return dx;
    }
}
