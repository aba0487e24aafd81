using System.Numerics;
using NeuralNet.Core.Kernels.Elementwise;
using NeuralNet.Core.Text;

namespace NeuralNet.Core.Functions;

/// <summary><c>x</c> above zero and <c>s·x</c> elsewhere, with the local gradient 1 above zero and s elsewhere, also at x = 0.</summary>
/// <remarks>Source: Maas, Hannun and Ng (2013); CS231n lecture 4.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="slope">s, the slope below zero: a finite number; 0.01 by default.</param>
/// <exception cref="ArgumentOutOfRangeException">s is not finite.</exception>
public sealed class LeakyReLU<T>(double slope = 0.01) : Function<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T _slope = FiniteConstant.Of<T>(slope, "LeakyReLU", nameof(slope));

    /// <summary>The slope s at and below zero, any finite number; 0.01 by default.</summary>
    public double Slope => slope;

    /// <inheritdoc/>
    public override string Symbol => "leaky ReLU";

    /// <inheritdoc/>
    public override GateDescription Description => new(Kind, ("slope", slope));

    /// <inheritdoc/>
    public override string Formula(string x = "x") => $@"\max({x}, 0) {Latex.Term(_slope)} \min({x}, 0)";

    /// <inheritdoc/>
    public override string LocalGradient(string x = "x", string y = "y") => $@"\mathbf{{1}}[{x} > 0] {Latex.Term(_slope)} \mathbf{{1}}[{x} \le 0]";

    /// <inheritdoc/>
    protected override void ForwardCore(ReadOnlySpan<T> x, Span<T> y) => ElementwisePass<T, LeakyRectify<T>>.Run(new(_slope), x, y);

    /// <inheritdoc/>
    protected override void BackwardCore(ReadOnlySpan<T> upstream, ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> downstream) =>
        ElementwisePass<T, LeakyRectifyBackward<T>>.Run(new(_slope), upstream, x, downstream);
}
