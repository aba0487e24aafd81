using System.Numerics;
using System.Numerics.Tensors;

namespace NeuralNet.Core.Gates;

/// <summary>The sum of all entries, <c>y = Σ xᵢ</c>; local gradient 1 for every entry; a distributor.</summary>
/// <remarks><b>Shapes:</b> x <c>[n×m]</c>, y <c>[1×1]</c>. Cached: x, for its shape.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class SumGate<T> : ReductionGate<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override string Name => "sum";

    /// <inheritdoc/>
    public override string Symbol => "Σ";

    /// <inheritdoc/>
    public override FlowPattern Pattern => FlowPattern.Distributor;

    /// <inheritdoc/>
    public override string Formula(string x = "x") => $@"\sum_i \left[{x}\right]_i";

    /// <inheritdoc/>
    public override string LocalGradient(string x = "x", string y = "y") => @"G\,\mathbf{1}";

    /// <inheritdoc/>
    protected override T Reduce(ReadOnlySpan<T> x) => TensorPrimitives.Sum(x);

    /// <inheritdoc/>
    protected override void Spread(T upstream, ReadOnlySpan<T> x, Span<T> dx) => dx.Fill(upstream);
}
