using System.Numerics;
using System.Numerics.Tensors;

namespace NeuralNet.Core.Functions;

/// <summary><c>√x</c>, with the local gradient <c>1/(2√x)</c>.</summary>
/// <remarks>At 0 the slope is +∞; below zero there is no value and the result is NaN.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class SquareRoot<T> : Function<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override string Name => "square root";

    /// <inheritdoc/>
    public override string Symbol => "√";

    /// <inheritdoc/>
    public override string Formula(string x = "x") => $@"\sqrt{{{x}}}";

    /// <inheritdoc/>
    public override string LocalGradient(string x = "x", string y = "y") => $@"\frac{{1}}{{2{y}}}";

    /// <inheritdoc/>
    protected override void ForwardCore(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Sqrt(x, y);

    /// <inheritdoc/>
    protected override void BackwardCore(ReadOnlySpan<T> upstream, ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> downstream)
    {
        T half = T.CreateChecked(0.5);
        for (int i = 0; i < y.Length; i++)
        {
            // √−0 is −0; the slope at 0 is +∞ from the only side there is.
            downstream[i] = upstream[i] * (half / T.Abs(y[i]));
        }
    }
}
