using System.Numerics;
using NeuralNet.Core.Kernels.Elementwise;

namespace NeuralNet.Core.Functions;

/// <summary><c>x</c> above zero and <c>s·x</c> elsewhere, with the local gradient 1 above zero and s elsewhere, also at x = 0.</summary>
/// <remarks>Source: Maas, Hannun and Ng (2013); CS231n lecture 4.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="slope">s, the slope below zero.</param>
public readonly struct LeakyReLUFunction<T>(T slope) : IElementwiseFunction<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public string Formula(string x) => $@"\max({x}, 0) + {Latex.Number(slope)} \min({x}, 0)";

    /// <inheritdoc/>
    public string LocalGradient(string x, string y) => $@"\mathbf{{1}}[{x} > 0] + {Latex.Number(slope)}\,\mathbf{{1}}[{x} \le 0]";

    /// <inheritdoc/>
    public void Forward(ReadOnlySpan<T> x, Span<T> y) => ElementwisePass<T, LeakyRectify<T>>.Run(y, default, x, slope);

    /// <inheritdoc/>
    public void Backward(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> upstream, Span<T> downstream) =>
        ElementwisePass<T, LeakyRectifyBackward<T>>.Run(downstream, x, upstream, slope);
}
