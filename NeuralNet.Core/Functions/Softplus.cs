using System.Numerics;
using NeuralNet.Core.Kernels.Elementwise;

namespace NeuralNet.Core.Functions;

/// <summary><c>ln(1 + e^x)</c>, a smooth ReLU, with the local gradient <c>σ(x)</c>.</summary>
/// <remarks>Computed as <c>max(0, x) + ln(1 + e^−|x|)</c>, which overflows nowhere and keeps its digits far below zero. Source: Dugas, Bengio,
/// Bélisle, Nadeau and Garcia (2001); Goodfellow, Bengio and Courville (2016), equation 3.31.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Softplus<T> : Function<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override string Symbol => "softplus";

    /// <inheritdoc/>
    public override string Formula(string x = "x") => $@"\ln(1 + e^{{{x}}})";

    /// <inheritdoc/>
    public override string LocalGradient(string x = "x", string y = "y") => $@"\sigma({x})";

    /// <inheritdoc/>
    protected override void ForwardCore(ReadOnlySpan<T> x, Span<T> y) => ElementwisePass<T, SoftRectify<T>>.Run(default, x, y);

    /// <inheritdoc/>
    protected override void BackwardCore(ReadOnlySpan<T> upstream, ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> downstream) =>
        ElementwisePass<T, SoftRectifyBackward<T>>.Run(default, upstream, x, downstream);
}
