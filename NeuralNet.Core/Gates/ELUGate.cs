using System.Numerics;
using NeuralNet.Core.Functions;

namespace NeuralNet.Core.Gates;

/// <summary><c>y = x</c> above zero, <c>α(e^x − 1)</c> elsewhere; local gradient 1 above zero, <c>y + α</c> elsewhere; a scaler.</summary>
/// <remarks>The mathematics is <see cref="ELUFunction{T}"/>. Cached: x and y.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="alpha">The constant α, usually 1: minus the value far below zero.</param>
public sealed class ELUGate<T>(T alpha) : FunctionGate<T, ELUFunction<T>>(new(alpha))
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override string Name => "ELU";

    /// <summary>The constant α, usually 1: minus the value far below zero.</summary>
    public T Alpha => alpha;
}
