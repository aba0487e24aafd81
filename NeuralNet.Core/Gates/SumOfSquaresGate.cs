using System.Numerics;
using System.Numerics.Tensors;

namespace NeuralNet.Core.Gates;

/// <summary>The sum of the squares of all entries, <c>y = ‖x‖² = Σ xᵢ²</c>; local gradient <c>2xᵢ</c>, without a factor ½ in the formula; a scaler.</summary>
/// <remarks><b>Shapes:</b> x <c>[n×m]</c>, y <c>[1×1]</c>. Cached: x. Source: CS231n lecture 4, the vectorised example.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class SumOfSquaresGate<T> : ReductionGate<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override string Name => "sum of squares";

    /// <inheritdoc/>
    public override string Symbol => "‖x‖²";

    /// <inheritdoc/>
    public override FlowPattern Pattern => FlowPattern.Scaler;

    /// <inheritdoc/>
    public override string Formula(string x = "x") => $@"\lVert {x} \rVert^2";

    /// <inheritdoc/>
    public override string LocalGradient(string x = "x", string y = "y") => $"2 G\\,{x}";

    /// <inheritdoc/>
    protected override T Reduce(ReadOnlySpan<T> x) => TensorPrimitives.SumOfSquares(x);

    /// <inheritdoc/>
    protected override void Spread(T upstream, ReadOnlySpan<T> x, Span<T> dx) => TensorPrimitives.Multiply(x, upstream + upstream, dx);
}
