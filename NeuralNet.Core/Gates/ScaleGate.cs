using System.Numerics;
using NeuralNet.Core.Functions;

namespace NeuralNet.Core.Gates;

/// <summary><c>y = c·x</c> for a constant c; local gradient c; a scaler.</summary>
/// <remarks>The mathematics is <see cref="ScaleFunction{T}"/>. Cached: x and y.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="factor">The constant c.</param>
public sealed class ScaleGate<T>(T factor) : FunctionGate<T, ScaleFunction<T>>(new(factor))
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override string Name => "scale";

    /// <inheritdoc/>
    public override string Symbol => $"×{Number.Text(factor)}";

    /// <summary>The constant c.</summary>
    public T Factor => factor;
}
