using System.Numerics;
using NeuralNet.Core.Functions;

namespace NeuralNet.Core.Gates;

/// <summary><c>y = tanh x</c>; local gradient <c>1 − y²</c>; a scaler.</summary>
/// <remarks>The mathematics is <see cref="TanhFunction{T}"/>. Cached: x and y.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class TanhGate<T>() : FunctionGate<T, TanhFunction<T>>(new())
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override string Name => "tanh";
}
