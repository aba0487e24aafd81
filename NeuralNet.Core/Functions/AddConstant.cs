using System.Numerics;
using System.Numerics.Tensors;
using NeuralNet.Core.Text;

namespace NeuralNet.Core.Functions;

/// <summary><c>x + c</c>, with the local gradient 1.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="constant">c, a finite number.</param>
/// <exception cref="ArgumentOutOfRangeException">c is not finite.</exception>
public sealed class AddConstant<T>(T constant) : Function<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T _constant = FiniteConstant.Of(constant, "AddConstant", nameof(constant));

    /// <summary>The _constant c.</summary>
    public T Constant => _constant;

    /// <inheritdoc/>
    public override string Name => "add constant";

    /// <inheritdoc/>
    public override string Symbol => T.IsNegative(_constant) ? $"−{NumberText.Of(-_constant)}" : $"+{NumberText.Of(_constant)}";

    /// <inheritdoc/>
    public override FlowPattern Pattern => FlowPattern.Distributor;

    /// <inheritdoc/>
    public override GateDescription Description => new(Kind, ("constant", _constant));

    /// <inheritdoc/>
    public override string Formula(string x = "x") => $"{x} {Latex.Term(_constant)}";

    /// <inheritdoc/>
    public override string LocalGradient(string x = "x", string y = "y") => "1";

    /// <inheritdoc/>
    protected override void ForwardCore(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Add(x, _constant, y);

    /// <inheritdoc/>
    protected override void BackwardCore(ReadOnlySpan<T> upstream, ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> downstream) => upstream.CopyTo(downstream);
}
