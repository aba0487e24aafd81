using System.Numerics;
using System.Numerics.Tensors;

namespace NeuralNet.Core.Functions;

/// <summary><c>1/x</c>, with the local gradient <c>−1/x² = −y²</c>.</summary>
/// <remarks>1/±0 is ±∞ with a slope of −∞.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Reciprocal<T> : Function<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override string Name => "reciprocal";

    /// <inheritdoc/>
    public override string Symbol => "1/x";

    /// <inheritdoc/>
    public override string Formula(string x = "x") => $@"\frac{{1}}{{{x}}}";

    /// <inheritdoc/>
    public override string LocalGradient(string x = "x", string y = "y") => $@"-\frac{{1}}{{{x}^2}}";

    /// <inheritdoc/>
    protected override void ForwardCore(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Divide(T.One, x, y);

    /// <inheritdoc/>
    protected override void BackwardCore(ReadOnlySpan<T> upstream, ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> downstream)
    {
        for (int i = 0; i < x.Length; i++)
        {
            downstream[i] = -(upstream[i] * y[i]) * y[i];
        }
    }
}
