using System.Numerics;
using System.Numerics.Tensors;

namespace NeuralNet.Core.Gates;

/// <summary><c>z = x + y</c>; local gradients 1 and 1; a distributor.</summary>
/// <remarks>Cached: x, y and z.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class AddGate<T> : BinaryElementwiseGate<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override string Name => "add";

    /// <inheritdoc/>
    public override string Symbol => "+";

    /// <inheritdoc/>
    public override FlowPattern Pattern => FlowPattern.Distributor;

    /// <inheritdoc/>
    public override string Formula(string x = "x", string y = "y") => $"{x} + {y}";

    /// <inheritdoc/>
    public override string LocalGradientX(string x = "x", string y = "y", string z = "z") => "1";

    /// <inheritdoc/>
    public override string LocalGradientY(string x = "x", string y = "y", string z = "z") => "1";

    /// <inheritdoc/>
    protected override void ForwardCore(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> z) =>
        TensorPrimitives.Add(x, y, z);

    /// <inheritdoc/>
    protected override void BackwardX(ReadOnlySpan<T> upstream, ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> z, Span<T> dx) =>
        upstream.CopyTo(dx);

    /// <inheritdoc/>
    protected override void BackwardY(ReadOnlySpan<T> upstream, ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> z, Span<T> dy) =>
        upstream.CopyTo(dy);
}
