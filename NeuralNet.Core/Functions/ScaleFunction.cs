using System.Numerics;
using System.Numerics.Tensors;

namespace NeuralNet.Core.Functions;

/// <summary><c>c·x</c>, with the local gradient c.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="factor">c, any number.</param>
public readonly struct ScaleFunction<T>(T factor) : IElementwiseFunction<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public string Formula(string x) => $@"{Latex.Number(factor)} \cdot {x}";

    /// <inheritdoc/>
    public string LocalGradient(string x, string y) => Latex.Number(factor);

    /// <inheritdoc/>
    public void Forward(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Multiply(x, factor, y);

    /// <inheritdoc/>
    public void Backward(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> upstream, Span<T> downstream) =>
        TensorPrimitives.Multiply(upstream, factor, downstream);
}
