using System.Numerics;
using System.Numerics.Tensors;
using NeuralNet.Core.Text;

namespace NeuralNet.Core.Functions;

/// <summary><c>x + c</c>, with the local gradient 1.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="constant">c, any number.</param>
public sealed class AddConstant<T>(T constant) : Function<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The constant c.</summary>
    public T Constant => constant;

    /// <inheritdoc/>
    public override string Name => "add constant";

    /// <inheritdoc/>
    public override string Symbol => T.IsNegative(constant) ? $"−{NumberText.Of(-constant)}" : $"+{NumberText.Of(constant)}";

    /// <inheritdoc/>
    public override FlowPattern Pattern => FlowPattern.Distributor;

    /// <inheritdoc/>
    public override GateDescription Description => new(Kind, ("constant", constant));

    /// <inheritdoc/>
    public override string Formula(string x = "x") => $"{x} {Latex.Term(constant)}";

    /// <inheritdoc/>
    public override string LocalGradient(string x = "x", string y = "y") => "1";

    /// <inheritdoc/>
    protected override void ForwardCore(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Add(x, constant, y);

    /// <inheritdoc/>
    protected override void BackwardCore(ReadOnlySpan<T> upstream, ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> downstream) => upstream.CopyTo(downstream);
}
