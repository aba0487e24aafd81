using System.Numerics;
using NeuralNet.Core.Functions;

namespace NeuralNet.Core.Gates;

/// <summary><c>y = max(0, x)</c>; local gradient 1 where x &gt; 0, otherwise 0, also at x = 0; a router between x and nothing.</summary>
/// <remarks>The mathematics is <see cref="ReLUFunction{T}"/>. Cached: x and y.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class ReLUGate<T>() : FunctionGate<T, ReLUFunction<T>>(new())
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override string Name => "ReLU";

    /// <inheritdoc/>
    public override FlowPattern Pattern => FlowPattern.Router;
}
