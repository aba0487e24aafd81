using System.Numerics;

namespace NeuralNet.Core.Functions;

/// <summary>
/// The mathematics of an element-wise function and its derivative, written once: activation layers and gates both take it from here.
/// </summary>
/// <remarks>A single number is a span of length 1.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public interface IElementwiseFunction<T> : IFormula where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    bool IFormula.IsElementwise => true;

    /// <summary><c>y = f(x)</c>.</summary>
    /// <param name="x">Input.</param>
    /// <param name="y">Output, of the same length; may be the same memory as <paramref name="x"/>.</param>
    void Forward(ReadOnlySpan<T> x, Span<T> y);

    /// <summary><c>downstream = upstream·f′(x)</c>.</summary>
    /// <param name="x">Input of the forward pass.</param>
    /// <param name="y">Output of the forward pass.</param>
    /// <param name="upstream">Gradient of the loss by y.</param>
    /// <param name="downstream">Gradient of the loss by x; may be the same memory as <paramref name="upstream"/>.</param>
    void Backward(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> upstream, Span<T> downstream);
}
