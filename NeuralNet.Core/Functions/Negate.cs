using System.Numerics;
using System.Numerics.Tensors;

namespace NeuralNet.Core.Functions;

/// <summary><c>−x</c>, with the local gradient −1: the multiplication by −1 of CS231n lecture 4, and a scaler as every multiplication by a constant.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Negate<T> : Function<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override string Name => "negate";

    /// <inheritdoc/>
    public override string Symbol => "×−1";

    /// <inheritdoc/>
    public override string Formula(string x = "x") => $"-{x}";

    /// <inheritdoc/>
    public override string LocalGradient(string x = "x", string y = "y") => "-1";

    /// <inheritdoc/>
    protected override void ForwardCore(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Negate(x, y);

    /// <inheritdoc/>
    protected override void BackwardCore(ReadOnlySpan<T> upstream, ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> downstream) =>
        TensorPrimitives.Negate(upstream, downstream);
}
