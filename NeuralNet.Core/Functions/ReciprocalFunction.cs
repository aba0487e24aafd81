using System.Numerics;
using System.Numerics.Tensors;

namespace NeuralNet.Core.Functions;

/// <summary><c>1/x</c>, with the local gradient <c>−1/x² = −y²</c>.</summary>
/// <remarks>1/±0 is ±∞ with a slope of −∞.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public readonly struct ReciprocalFunction<T> : IElementwiseFunction<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public string Formula(string x) => $@"\frac{{1}}{{{x}}}";

    /// <inheritdoc/>
    public string LocalGradient(string x, string y) => $@"-\frac{{1}}{{{x}^2}}";

    /// <inheritdoc/>
    public void Forward(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Divide(T.One, x, y);

    /// <inheritdoc/>
    public void Backward(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> upstream, Span<T> downstream)
    {
        for (int i = 0; i < x.Length; i++)
        {
            downstream[i] = -(upstream[i] * y[i]) * y[i];
        }
    }
}
