using System.Numerics;
using NeuralNet.Core.Kernels.Elementwise;

namespace NeuralNet.Core.Functions;

/// <summary><c>x</c> above zero and <c>α(e^x − 1)</c> elsewhere, with the local gradient 1 above zero and <c>αe^x = y + α</c> elsewhere.</summary>
/// <remarks>Source: Clevert, Unterthiner and Hochreiter (2016), equation 15; CS231n lecture 4.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="alpha">α, minus the value far below zero.</param>
public readonly struct ELUFunction<T>(T alpha) : IElementwiseFunction<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public string Formula(string x) => $@"\max({x}, 0) + {Latex.Number(alpha)} (e^{{\min({x}, 0)}} - 1)";

    /// <inheritdoc/>
    public string LocalGradient(string x, string y) => $@"\mathbf{{1}}[{x} > 0] + ({y} + {Latex.Number(alpha)})\,\mathbf{{1}}[{x} \le 0]";

    /// <inheritdoc/>
    public void Forward(ReadOnlySpan<T> x, Span<T> y) => ElementwisePass<T, ExponentialLinear<T>>.Run(y, default, x, alpha);

    /// <inheritdoc/>
    public void Backward(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> upstream, Span<T> downstream) =>
        ElementwisePass<T, ExponentialLinearBackward<T>>.Run(downstream, x, upstream, alpha);
}
