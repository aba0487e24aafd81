using System.Numerics;
using NeuralNet.Core.Functions;

namespace NeuralNet.Core.Gates;

/// <summary><c>y = 1/x</c>; local gradient <c>−1/x² = −y²</c>; a scaler.</summary>
/// <remarks>The mathematics is <see cref="ReciprocalFunction{T}"/>. Cached: x and y.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class ReciprocalGate<T>() : FunctionGate<T, ReciprocalFunction<T>>(new())
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override string Name => "reciprocal";

    /// <inheritdoc/>
    public override string Symbol => "1/x";
}
