using System.Numerics;
using System.Numerics.Tensors;

namespace NeuralNet.Core.Gates;

/// <summary><c>z = x·y</c>; local gradients y and x: <c>dx = y·dz</c>, <c>dy = x·dz</c>; a switcher.</summary>
/// <remarks>Source: CS231n lecture 4, the class <c>MultiplyGate</c>. Cached: x, y and z.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class MultiplyGate<T> : BinaryElementwiseGate<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override string Name => "multiply";

    /// <inheritdoc/>
    public override string Symbol => "×";

    /// <inheritdoc/>
    public override FlowPattern Pattern => FlowPattern.Switcher;

    /// <inheritdoc/>
    public override string Formula(string x = "x", string y = "y") => $@"{x} \cdot {y}";

    /// <inheritdoc/>
    public override string LocalGradientX(string x = "x", string y = "y", string z = "z") => y;

    /// <inheritdoc/>
    public override string LocalGradientY(string x = "x", string y = "y", string z = "z") => x;

    /// <inheritdoc/>
    protected override void ForwardCore(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> z) =>
        TensorPrimitives.Multiply(x, y, z);

    /// <inheritdoc/>
    protected override void BackwardX(ReadOnlySpan<T> upstream, ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> z, Span<T> dx) =>
        TensorPrimitives.Multiply(y, upstream, dx);

    /// <inheritdoc/>
    protected override void BackwardY(ReadOnlySpan<T> upstream, ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> z, Span<T> dy) =>
        TensorPrimitives.Multiply(x, upstream, dy);
}
