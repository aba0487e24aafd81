using System.Numerics;
using NeuralNet.Core.Functions;

namespace NeuralNet.Core.Gates;

/// <summary><c>y = √x</c>; local gradient <c>1/(2y)</c>; a scaler.</summary>
/// <remarks>The mathematics is <see cref="SquareRootFunction{T}"/>. Cached: x and y.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class SquareRootGate<T>() : FunctionGate<T, SquareRootFunction<T>>(new())
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override string Name => "square root";

    /// <inheritdoc/>
    public override string Symbol => "√";
}
