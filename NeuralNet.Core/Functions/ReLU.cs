using System.Numerics;
using NeuralNet.Core.Kernels.Elementwise;

namespace NeuralNet.Core.Functions;

/// <summary><c>max(0, x)</c>, with the local gradient 1 where x &gt; 0 and 0 elsewhere, also at x = 0.</summary>
/// <remarks>NaN stays NaN. Source: CS231n lecture 4; Nair and Hinton (2010).</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class ReLU<T> : Function<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override FlowPattern Pattern => FlowPattern.Router;

    /// <inheritdoc/>
    public override string Formula(string x = "x") => $@"\max(0, {x})";

    /// <inheritdoc/>
    public override string LocalGradient(string x = "x", string y = "y") => $@"\mathbf{{1}}[{x} > 0]";

    /// <inheritdoc/>
    protected override void ForwardCore(ReadOnlySpan<T> x, Span<T> y) => ElementwisePass<T, Rectify<T>>.Run(default, x, y);

    /// <inheritdoc/>
    protected override void BackwardCore(ReadOnlySpan<T> upstream, ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> downstream) =>
        ElementwisePass<T, RectifyBackward<T>>.Run(default, upstream, y, downstream);
}
