using System.Numerics;
using NeuralNet.Core.Kernels.Elementwise;

namespace NeuralNet.Core.Functions;

/// <summary><c>tanh x</c>, with the local gradient <c>1 − tanh² x = (1 − y)(1 + y)</c>.</summary>
/// <remarks>Source: CS231n lecture 4, activation functions.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Tanh<T> : Function<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override string Symbol => "tanh";

    /// <inheritdoc/>
    public override string Formula(string x = "x") => $@"\tanh {x}";

    /// <inheritdoc/>
    public override string LocalGradient(string x = "x", string y = "y") => $"1 - {y}^2";

    /// <inheritdoc/>
    protected override void ForwardCore(ReadOnlySpan<T> x, Span<T> y) => ElementwisePass<T, HyperbolicTangent<T>>.Run(default, x, y);

    /// <inheritdoc/>
    protected override void BackwardCore(ReadOnlySpan<T> upstream, ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> downstream) =>
        ElementwisePass<T, TanhBackward<T>>.Run(default, upstream, y, downstream);
}
