using System.Numerics;
using NeuralNet.Core.Kernels.Elementwise;
using NeuralNet.Core.Text;

namespace NeuralNet.Core.Functions;

/// <summary><c>x</c> above zero and <c>α(e^x − 1)</c> elsewhere, with the local gradient 1 above zero and <c>αe^x = y + α</c> elsewhere.</summary>
/// <remarks>Source: Clevert, Unterthiner and Hochreiter (2016), equation 15; CS231n lecture 4.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="alpha">α, minus the value far below zero: a finite number, 0 or more; 1 by default.</param>
/// <exception cref="ArgumentOutOfRangeException">α is negative or not finite.</exception>
public sealed class ELU<T>(double alpha = 1) : Function<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T _alpha = FiniteConstant.Of<T>(alpha, "ELU", nameof(alpha), low: 0);

    /// <summary>The constant α, 0 or more; 1 by default. Far below zero the output is −α.</summary>
    public double Alpha => alpha;

    /// <inheritdoc/>
    public override string Symbol => "ELU";

    /// <inheritdoc/>
    public override GateDescription Description => new(Kind, ("alpha", alpha));

    /// <inheritdoc/>
    public override string Formula(string x = "x") => $@"\max({x}, 0) {Latex.Term(_alpha)} (e^{{\min({x}, 0)}} - 1)";

    /// <inheritdoc/>
    public override string LocalGradient(string x = "x", string y = "y") => $@"\mathbf{{1}}[{x} > 0] + ({y} {Latex.Term(_alpha)})\,\mathbf{{1}}[{x} \le 0]";

    /// <inheritdoc/>
    protected override void ForwardCore(ReadOnlySpan<T> x, Span<T> y) => ElementwisePass<T, ExponentialLinear<T>>.Run(new(_alpha), x, y);

    /// <inheritdoc/>
    protected override void BackwardCore(ReadOnlySpan<T> upstream, ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> downstream) =>
        ElementwisePass<T, ExponentialLinearBackward<T>>.Run(new(_alpha), upstream, x, downstream);
}
