using System.Numerics;
using NeuralNet.Core.Functions;

namespace NeuralNet.Core.Gates;

/// <summary><c>y = −x</c>; local gradient −1; a distributor that turns the sign.</summary>
/// <remarks>The mathematics is <see cref="NegateFunction{T}"/>. Cached: x and y.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class NegateGate<T>() : FunctionGate<T, NegateFunction<T>>(new())
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override string Name => "negate";

    /// <inheritdoc/>
    public override string Symbol => "×−1";

    /// <inheritdoc/>
    public override FlowPattern Pattern => FlowPattern.Distributor;
}
