using System.Numerics;
using NeuralNet.Core.Functions;

namespace NeuralNet.Core.Gates;

/// <summary><c>y = x^p</c> for a constant p; local gradient <c>p·x^(p−1)</c>; a scaler.</summary>
/// <remarks>The mathematics is <see cref="PowerFunction{T}"/>. Cached: x and y.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="exponent">The constant p.</param>
public sealed class PowerGate<T>(T exponent) : FunctionGate<T, PowerFunction<T>>(new(exponent))
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override string Name => "power";

    /// <inheritdoc/>
    public override string Symbol => $"^{Number.Text(exponent)}";

    /// <summary>The constant p.</summary>
    public T Exponent => exponent;
}
