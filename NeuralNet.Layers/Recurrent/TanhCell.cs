using System.Numerics;
using NeuralNet.Core.Operations;

namespace NeuralNet.Layers.Recurrent;

/// <summary>The cell of an <see cref="RNN{T}"/>.</summary>
internal sealed class TanhCell<T> : RecurrentCell<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The number of its gates.</summary>
    public const int GateCount = 1;

    /// <inheritdoc/>
    public override int Gates => GateCount;

    /// <inheritdoc/>
    public override void Forward(in RecurrentStep<T> step) => RecurrentOperations.RNN(step);

    /// <inheritdoc/>
    public override void Backward(in RecurrentStepBack<T> step) => RecurrentOperations.RNNBackward(step);
}
