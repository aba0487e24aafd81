using System.Numerics;
using NeuralNet.Core.Kernels.Elementwise;

namespace NeuralNet.Core.Functions;

/// <summary><c>e^x</c>, with the local gradient <c>e^x = y</c>.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Exp<T> : Function<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override string Name => "exp";

    /// <inheritdoc/>
    public override string Formula(string x = "x") => $"e^{{{x}}}";

    /// <inheritdoc/>
    public override string LocalGradient(string x = "x", string y = "y") => y;

    /// <inheritdoc/>
    protected override void ForwardCore(ReadOnlySpan<T> x, Span<T> y) => ElementwisePass<T, Exponentiate<T>>.Run(default, x, y);

    /// <inheritdoc/>
    protected override void BackwardCore(ReadOnlySpan<T> upstream, ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> downstream) =>
        ElementwisePass<T, Multiply<T>>.Run(default, upstream, y, downstream);
}
