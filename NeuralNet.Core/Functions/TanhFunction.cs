using System.Numerics;
using NeuralNet.Core.Kernels.Elementwise;

namespace NeuralNet.Core.Functions;

/// <summary><c>tanh x</c>, with the local gradient <c>1 − tanh² x = (1 − y)(1 + y)</c>.</summary>
/// <remarks>Source: CS231n lecture 4, activation functions.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public readonly struct TanhFunction<T> : IElementwiseFunction<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public string Formula(string x) => $@"\tanh {x}";

    /// <inheritdoc/>
    public string LocalGradient(string x, string y) => $"1 - {y}^2";

    /// <inheritdoc/>
    public void Forward(ReadOnlySpan<T> x, Span<T> y) => ElementwisePass<T, HyperbolicTangent<T>>.Run(y, default, x);

    /// <inheritdoc/>
    public void Backward(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> upstream, Span<T> downstream) =>
        ElementwisePass<T, TanhBackward<T>>.Run(downstream, y, upstream);
}
