using System.Numerics;
using System.Numerics.Tensors;
using NeuralNet.Core.Text;

namespace NeuralNet.Core.Functions;

/// <summary><c>c·x</c>, with the local gradient c.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="factor">c, a finite number.</param>
/// <exception cref="ArgumentOutOfRangeException">c is not finite.</exception>
public sealed class Scale<T>(T factor) : Function<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T _factor = FiniteConstant.Of(factor, "Scale", nameof(factor));

    /// <summary>The constant c.</summary>
    public T Factor => _factor;

    /// <inheritdoc/>
    public override string Name => "scale";

    /// <inheritdoc/>
    public override string Symbol => $"×{NumberText.Of(_factor)}";

    /// <inheritdoc/>
    public override GateDescription Description => new(Kind, ("factor", _factor));

    /// <inheritdoc/>
    public override string Formula(string x = "x") => $@"{Latex.Number(_factor)} \cdot {x}";

    /// <inheritdoc/>
    public override string LocalGradient(string x = "x", string y = "y") => Latex.Number(_factor);

    /// <inheritdoc/>
    protected override void ForwardCore(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Multiply(x, _factor, y);

    /// <inheritdoc/>
    protected override void BackwardCore(ReadOnlySpan<T> upstream, ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> downstream) =>
        TensorPrimitives.Multiply(upstream, _factor, downstream);
}
