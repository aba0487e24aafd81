using System.Numerics;
using System.Numerics.Tensors;

namespace NeuralNet.Core.Functions;

/// <summary><c>|x|</c>, with the local gradient 1 above zero, −1 below and 0 at zero.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Absolute<T> : Function<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override string Name => "absolute";

    /// <inheritdoc/>
    public override string Symbol => "|x|";

    /// <inheritdoc/>
    public override string Formula(string x = "x") => $"|{x}|";

    /// <inheritdoc/>
    public override string LocalGradient(string x = "x", string y = "y") => $@"\operatorname{{sign}}({x})";

    /// <inheritdoc/>
    protected override void ForwardCore(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Abs(x, y);

    /// <inheritdoc/>
    protected override void BackwardCore(ReadOnlySpan<T> upstream, ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> downstream)
    {
        for (int i = 0; i < x.Length; i++)
        {
            downstream[i] = x[i] > T.Zero ? upstream[i] : x[i] < T.Zero ? -upstream[i] : T.Zero;
        }
    }
}
