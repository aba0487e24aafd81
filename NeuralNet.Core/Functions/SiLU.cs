using System.Numerics;
using NeuralNet.Core.Kernels.Elementwise;

namespace NeuralNet.Core.Functions;

/// <summary><c>x·σ(x)</c>, also called swish, with the local gradient <c>σ(x) + x·σ(x)·(1 − σ(x)) = y + σ(x)·(1 − y)</c>.</summary>
/// <remarks>Minus infinity gives 0, the limit. Source: Elfwing, Uchibe and Doya (2018), equations 5 and 6; Ramachandran, Zoph and Le (2017).</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class SiLU<T> : Function<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override string Symbol => "SiLU";

    /// <inheritdoc/>
    public override string Formula(string x = "x") => $@"{x}\,\sigma({x})";

    /// <inheritdoc/>
    public override string LocalGradient(string x = "x", string y = "y") => $@"\sigma({x}) + {x}\,\sigma({x})\,(1 - \sigma({x}))";

    /// <inheritdoc/>
    protected override void ForwardCore(ReadOnlySpan<T> x, Span<T> y) => ElementwisePass<T, SigmoidLinear<T>>.Run(default, x, y);

    /// <inheritdoc/>
    protected override void BackwardCore(ReadOnlySpan<T> upstream, ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> downstream) =>
        ElementwisePass<T, SigmoidLinearBackward<T>>.Run(default, upstream, x, downstream);
}
