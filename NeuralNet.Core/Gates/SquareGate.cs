using System.Numerics;
using NeuralNet.Core.Functions;

namespace NeuralNet.Core.Gates;

/// <summary><c>y = x²</c>; local gradient <c>2x</c>; a scaler.</summary>
/// <remarks>The mathematics is <see cref="SquareFunction{T}"/>. Cached: x and y.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class SquareGate<T>() : FunctionGate<T, SquareFunction<T>>(new())
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override string Name => "square";

    /// <inheritdoc/>
    public override string Symbol => "x²";
}
