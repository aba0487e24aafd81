using System.Numerics;
using NeuralNet.Core.Functions;

namespace NeuralNet.Core.Gates;

/// <summary><c>y = x</c> above zero, <c>s·x</c> elsewhere; local gradient 1 above zero, s elsewhere; a scaler.</summary>
/// <remarks>The mathematics is <see cref="LeakyReLUFunction{T}"/>. Cached: x and y.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="slope">The slope s below zero, usually 0.01.</param>
public sealed class LeakyReLUGate<T>(T slope) : FunctionGate<T, LeakyReLUFunction<T>>(new(slope))
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override string Name => "leaky ReLU";

    /// <summary>The slope s below zero, usually 0.01.</summary>
    public T Slope => slope;
}
