using System.Numerics;
using NeuralNet.Core.Functions;

namespace NeuralNet.Core.Gates;

/// <summary><c>y = x + c</c> for a constant c; local gradient 1; a distributor.</summary>
/// <remarks>The mathematics is <see cref="AddConstantFunction{T}"/>. Cached: x and y.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="constant">The constant c.</param>
public sealed class AddConstantGate<T>(T constant) : FunctionGate<T, AddConstantFunction<T>>(new(constant))
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override string Name => "add constant";

    /// <inheritdoc/>
    public override string Symbol => T.IsNegative(constant) ? $"−{Number.Text(-constant)}" : $"+{Number.Text(constant)}";

    /// <inheritdoc/>
    public override FlowPattern Pattern => FlowPattern.Distributor;

    /// <summary>The constant c.</summary>
    public T Constant => constant;
}
