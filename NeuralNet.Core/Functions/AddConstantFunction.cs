using System.Numerics;
using System.Numerics.Tensors;

namespace NeuralNet.Core.Functions;

/// <summary><c>x + c</c>, with the local gradient 1.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="constant">c, any number.</param>
public readonly struct AddConstantFunction<T>(T constant) : IElementwiseFunction<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public string Formula(string x) => T.IsNegative(constant) ? $"{x} - {Latex.Number(-constant)}" : $"{x} + {Latex.Number(constant)}";

    /// <inheritdoc/>
    public string LocalGradient(string x, string y) => "1";

    /// <inheritdoc/>
    public void Forward(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Add(x, constant, y);

    /// <inheritdoc/>
    public void Backward(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> upstream, Span<T> downstream) => upstream.CopyTo(downstream);
}
