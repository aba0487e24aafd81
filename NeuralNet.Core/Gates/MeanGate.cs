using System.Numerics;
using System.Numerics.Tensors;

namespace NeuralNet.Core.Gates;

/// <summary>The mean of all n entries, <c>y = Σ xᵢ / n</c>; local gradient <c>1/n</c> for every entry; a distributor.</summary>
/// <remarks><b>Shapes:</b> x <c>[n×m]</c>, y <c>[1×1]</c>. An empty matrix has no mean and gives NaN. Cached: x, for its shape.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class MeanGate<T> : ReductionGate<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override string Name => "mean";

    /// <inheritdoc/>
    public override string Symbol => "mean";

    /// <inheritdoc/>
    public override FlowPattern Pattern => FlowPattern.Distributor;

    /// <inheritdoc/>
    public override string Formula(string x = "x") => $@"\frac{{1}}{{n}} \sum_i \left[{x}\right]_i";

    /// <inheritdoc/>
    public override string LocalGradient(string x = "x", string y = "y") => @"\frac{1}{n} G\,\mathbf{1}";

    /// <inheritdoc/>
    protected override T Reduce(ReadOnlySpan<T> x) => TensorPrimitives.Sum(x) / T.CreateChecked(x.Length);

    /// <inheritdoc/>
    protected override void Spread(T upstream, ReadOnlySpan<T> x, Span<T> dx) => dx.Fill(upstream / T.CreateChecked(x.Length));
}
