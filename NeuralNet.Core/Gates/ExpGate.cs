using System.Numerics;
using NeuralNet.Core.Functions;

namespace NeuralNet.Core.Gates;

/// <summary><c>y = e^x</c>; local gradient <c>y</c>; a scaler.</summary>
/// <remarks>The mathematics is <see cref="ExpFunction{T}"/>. Cached: x and y.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class ExpGate<T>() : FunctionGate<T, ExpFunction<T>>(new())
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override string Name => "exp";
}
