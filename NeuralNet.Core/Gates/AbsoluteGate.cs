using System.Numerics;
using NeuralNet.Core.Functions;

namespace NeuralNet.Core.Gates;

/// <summary><c>y = |x|</c>; local gradient 1 above zero, −1 below, 0 at zero; a scaler.</summary>
/// <remarks>The mathematics is <see cref="AbsoluteFunction{T}"/>. Cached: x and y.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class AbsoluteGate<T>() : FunctionGate<T, AbsoluteFunction<T>>(new())
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override string Name => "absolute";

    /// <inheritdoc/>
    public override string Symbol => "|x|";
}
