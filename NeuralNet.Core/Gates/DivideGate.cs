using System.Numerics;
using System.Numerics.Tensors;

namespace NeuralNet.Core.Gates;

/// <summary><c>z = x/y</c>; local gradients <c>1/y</c> and <c>−x/y² = −z/y</c>; a switcher.</summary>
/// <remarks>Cached: x, y and z.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class DivideGate<T> : BinaryElementwiseGate<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override string Name => "divide";

    /// <inheritdoc/>
    public override string Symbol => "÷";

    /// <inheritdoc/>
    public override FlowPattern Pattern => FlowPattern.Switcher;

    /// <inheritdoc/>
    public override string Formula(string x = "x", string y = "y") => $@"\frac{{{x}}}{{{y}}}";

    /// <inheritdoc/>
    public override string LocalGradientX(string x = "x", string y = "y", string z = "z") => $@"\frac{{1}}{{{y}}}";

    /// <inheritdoc/>
    public override string LocalGradientY(string x = "x", string y = "y", string z = "z") => $@"-\frac{{{x}}}{{{y}^2}}";

    /// <inheritdoc/>
    protected override void ForwardCore(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> z) =>
        TensorPrimitives.Divide(x, y, z);

    /// <inheritdoc/>
    protected override void BackwardX(ReadOnlySpan<T> upstream, ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> z, Span<T> dx) =>
        TensorPrimitives.Divide(upstream, y, dx);

    /// <inheritdoc/>
    protected override void BackwardY(ReadOnlySpan<T> upstream, ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> z, Span<T> dy)
    {
        for (int i = 0; i < x.Length; i++)
        {
            // First times z: where x is 0 the slope is 0, also for a y so small that upstream/y is infinite.
            dy[i] = -(upstream[i] * z[i]) / y[i];
        }
    }
}
