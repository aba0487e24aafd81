using System.Numerics;
using NeuralNet.Core.Functions;

namespace NeuralNet.Core.Gates;

/// <summary><c>y = σ(x) = 1/(1 + e^−x)</c>; local gradient <c>(1 − y)·y</c>; a scaler.</summary>
/// <remarks>Source: CS231n lecture 4, the sigmoid gate. The mathematics is <see cref="SigmoidFunction{T}"/>. Cached: x and y.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class SigmoidGate<T>() : FunctionGate<T, SigmoidFunction<T>>(new())
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override string Name => "sigmoid";

    /// <inheritdoc/>
    public override string Symbol => "σ";
}
