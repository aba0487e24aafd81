using System.Numerics;
using System.Numerics.Tensors;

namespace NeuralNet.Core.Gates;

/// <summary><c>z = min(x, y)</c>; local gradients 1 for the smaller input and 0 for the other; a router.</summary>
/// <remarks><b>Ties</b> are split: where x = y each gets half of the upstream gradient. So the order of the inputs does not matter,
/// <c>min(x, x)</c> has the slope 1, and the answer is that of a centred difference. Cached: x, y and z.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class MinGate<T> : BinaryElementwiseGate<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override string Name => "min";

    /// <inheritdoc/>
    public override string Symbol => "min";

    /// <inheritdoc/>
    public override FlowPattern Pattern => FlowPattern.Router;

    /// <inheritdoc/>
    public override string Formula(string x = "x", string y = "y") => $@"\min({x}, {y})";

    /// <inheritdoc/>
    public override string LocalGradientX(string x = "x", string y = "y", string z = "z") => $@"\mathbf{{1}}[{x} < {y}]";

    /// <inheritdoc/>
    public override string LocalGradientY(string x = "x", string y = "y", string z = "z") => $@"\mathbf{{1}}[{y} < {x}]";

    /// <inheritdoc/>
    protected override void ForwardCore(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> z) =>
        TensorPrimitives.Min(x, y, z);

    /// <inheritdoc/>
    protected override void BackwardX(ReadOnlySpan<T> upstream, ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> z, Span<T> dx) =>
        Routing.Route(upstream, x, y, z, dx);

    /// <inheritdoc/>
    protected override void BackwardY(ReadOnlySpan<T> upstream, ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> z, Span<T> dy) =>
        Routing.Route(upstream, y, x, z, dy);
}
