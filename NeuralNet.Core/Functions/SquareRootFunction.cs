using System.Numerics;
using System.Numerics.Tensors;

namespace NeuralNet.Core.Functions;

/// <summary><c>√x</c>, with the local gradient <c>1/(2√x)</c>.</summary>
/// <remarks>At 0 the slope is +∞; below zero there is no value and the result is NaN.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public readonly struct SquareRootFunction<T> : IElementwiseFunction<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public string Formula(string x) => $@"\sqrt{{{x}}}";

    /// <inheritdoc/>
    public string LocalGradient(string x, string y) => $@"\frac{{1}}{{2{y}}}";

    /// <inheritdoc/>
    public void Forward(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Sqrt(x, y);

    /// <inheritdoc/>
    public void Backward(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> upstream, Span<T> downstream)
    {
        T half = T.CreateChecked(0.5);
        for (int i = 0; i < y.Length; i++)
        {
            // √−0 is −0; the slope at 0 is +∞ from the only side there is.
            downstream[i] = upstream[i] * (half / T.Abs(y[i]));
        }
    }
}
