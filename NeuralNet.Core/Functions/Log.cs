using System.Numerics;
using System.Numerics.Tensors;
using NeuralNet.Core.Kernels.Elementwise;

namespace NeuralNet.Core.Functions;

/// <summary><c>ln x</c>, with the local gradient <c>1/x</c>.</summary>
/// <remarks>ln 0 is −∞ with a slope of +∞; below zero there is no value and the result is NaN.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Log<T> : Function<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override string Name => "log";

    /// <inheritdoc/>
    public override string Symbol => "ln";

    /// <inheritdoc/>
    public override string Formula(string x = "x") => $@"\ln {x}";

    /// <inheritdoc/>
    public override string LocalGradient(string x = "x", string y = "y") => $@"\frac{{1}}{{{x}}}";

    /// <inheritdoc/>
    protected override void ForwardCore(ReadOnlySpan<T> x, Span<T> y) => ElementwisePass<T, Logarithm<T>>.Run(default, x, y);

    /// <inheritdoc/>
    protected override void BackwardCore(ReadOnlySpan<T> upstream, ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> downstream) =>
        TensorPrimitives.Divide(upstream, x, downstream);
}
