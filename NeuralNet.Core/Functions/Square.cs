using System.Numerics;
using System.Numerics.Tensors;

namespace NeuralNet.Core.Functions;

/// <summary><c>x²</c>, with the local gradient <c>2x</c>.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Square<T> : Function<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override string Name => "square";

    /// <inheritdoc/>
    public override string Symbol => "x²";

    /// <inheritdoc/>
    public override string Formula(string x = "x") => $"{x}^2";

    /// <inheritdoc/>
    public override string LocalGradient(string x = "x", string y = "y") => $"2{x}";

    /// <inheritdoc/>
    protected override void ForwardCore(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Multiply(x, x, y);

    /// <inheritdoc/>
    protected override void BackwardCore(ReadOnlySpan<T> upstream, ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> downstream)
    {
        for (int i = 0; i < x.Length; i++)
        {
            downstream[i] = upstream[i] * (x[i] + x[i]);
        }
    }
}
