using System.Numerics;
using NeuralNet.Core.Kernels.Elementwise;

namespace NeuralNet.Core.Functions;

/// <summary><c>e^x</c>, with the local gradient <c>e^x = y</c>.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public readonly struct ExpFunction<T> : IElementwiseFunction<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public string Formula(string x) => $"e^{{{x}}}";

    /// <inheritdoc/>
    public string LocalGradient(string x, string y) => y;

    /// <inheritdoc/>
    public void Forward(ReadOnlySpan<T> x, Span<T> y) => ElementwisePass<T, Exponentiate<T>>.Run(y, default, x);

    /// <inheritdoc/>
    public void Backward(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> upstream, Span<T> downstream) =>
        ElementwisePass<T, Multiply<T>>.Run(downstream, y, upstream);
}
