using System.Numerics;
using NeuralNet.Core.Kernels.Elementwise;

namespace NeuralNet.Core.Functions;

/// <summary><c>σ(x) = 1 / (1 + e^−x)</c>, with the local gradient <c>(1 − σ)·σ</c>.</summary>
/// <remarks>Stable everywhere: below zero computed as <c>e^x / (1 + e^x)</c>, which has all its digits and overflows nowhere.
/// Source: CS231n lecture 4, the sigmoid gate.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Sigmoid<T> : Function<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override string Symbol => "σ";

    /// <inheritdoc/>
    public override string Formula(string x = "x") => $@"\sigma({x})";

    /// <inheritdoc/>
    public override string LocalGradient(string x = "x", string y = "y") => $@"(1 - {y})\,{y}";

    /// <inheritdoc/>
    protected override void ForwardCore(ReadOnlySpan<T> x, Span<T> y) => ElementwisePass<T, Logistic<T>>.Run(default, x, y);

    /// <inheritdoc/>
    protected override void BackwardCore(ReadOnlySpan<T> upstream, ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> downstream) =>
        ElementwisePass<T, SigmoidBackward<T>>.Run(default, upstream, y, downstream);
}
