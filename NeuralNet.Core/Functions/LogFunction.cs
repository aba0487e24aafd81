using System.Numerics;
using System.Numerics.Tensors;

namespace NeuralNet.Core.Functions;

/// <summary><c>ln x</c>, with the local gradient <c>1/x</c>.</summary>
/// <remarks>ln 0 is −∞ with a slope of +∞; below zero there is no value and the result is NaN.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public readonly struct LogFunction<T> : IElementwiseFunction<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public string Formula(string x) => $@"\ln {x}";

    /// <inheritdoc/>
    public string LocalGradient(string x, string y) => $@"\frac{{1}}{{{x}}}";

    /// <inheritdoc/>
    public void Forward(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Log(x, y);

    /// <inheritdoc/>
    public void Backward(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> upstream, Span<T> downstream) =>
        TensorPrimitives.Divide(upstream, x, downstream);
}
