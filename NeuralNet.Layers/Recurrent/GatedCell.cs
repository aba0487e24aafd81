using System.Numerics;
using System.Numerics.Tensors;
using NeuralNet.Core.Operations;

namespace NeuralNet.Layers.Recurrent;

/// <summary>The cell of a <see cref="GRU{T}"/>.</summary>
internal sealed class GatedCell<T> : RecurrentCell<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The number of its gates.</summary>
    public const int GateCount = 3;

    /// <inheritdoc/>
    public override int Gates => GateCount;

    /// <inheritdoc/>
    public override int Biases => 4;

    /// <inheritdoc/>
    public override bool Keeps => true;

    /// <inheritdoc/>
    public override bool IsRecurrentApart => true;

    /// <inheritdoc/>
    public override void Forward(in RecurrentStep<T> step) => RecurrentOperations.GRU(step);

    /// <inheritdoc/>
    public override void Backward(in RecurrentStepBack<T> step) => RecurrentOperations.GRUBackward(step);

    /// <inheritdoc/>
    public override void Combine(ReadOnlySpan<T> ofInputs, ReadOnlySpan<T> ofRecurrent, Span<T> biases)
    {
        // Of n, the recurrent one stands within the product with r.
        int both = 2 * ofInputs.Length / 3;
        TensorPrimitives.Add(ofInputs[..both], ofRecurrent[..both], biases[..both]);
        ofInputs[both..].CopyTo(biases[both..]);
        ofRecurrent[both..].CopyTo(biases[ofInputs.Length..]);
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<T> OfRecurrentBias(Span<T> sums, int hidden)
    {
        sums[(3 * hidden)..].CopyTo(sums[(2 * hidden)..]);
        return sums[..(3 * hidden)];
    }
}
