using System.Numerics;
using NeuralNet.Core.Operations;

namespace NeuralNet.Layers.Recurrent;

/// <summary>The cell of an <see cref="LSTM{T}"/>.</summary>
internal sealed class LongShortTermCell<T> : RecurrentCell<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The number of its gates.</summary>
    public const int GateCount = 4;

    /// <inheritdoc/>
    public override int Gates => GateCount;

    /// <inheritdoc/>
    public override bool HasState => true;

    /// <inheritdoc/>
    public override bool Keeps => true;

    /// <inheritdoc/>
    public override void Forward(in RecurrentStep<T> step) => RecurrentOperations.LSTM(step);

    /// <inheritdoc/>
    public override void Backward(in RecurrentStepBack<T> step) => RecurrentOperations.LSTMBackward(step);
}
