using System.Numerics;
using System.Numerics.Tensors;
using NeuralNet.Core.Operations;

namespace NeuralNet.Layers.Recurrent;

/// <summary>What a cell does in a step, and what memory that takes.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal abstract class RecurrentCell<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>k, its gates.</summary>
    public abstract int Gates { get; }

    /// <summary>Runs of H biases that a step reads, and gradients that it gives.</summary>
    public virtual int Biases => Gates;

    /// <summary>Whether it has a state beside h.</summary>
    public virtual bool HasState => false;

    /// <summary>Whether a step keeps something beside its gates.</summary>
    public virtual bool Keeps => false;

    /// <summary>Whether the product of the recurrent weights is not added to that of the inputs' weights.</summary>
    public virtual bool IsRecurrentApart => false;

    /// <summary>A step.</summary>
    public abstract void Forward(in RecurrentStep<T> step);

    /// <summary>Its way back.</summary>
    public abstract void Backward(in RecurrentStepBack<T> step);

    /// <summary>The biases that a step reads, of those of the inputs' weights and the recurrent ones.</summary>
    /// <param name="ofInputs"><c>[kH]</c>.</param>
    /// <param name="ofRecurrent"><c>[kH]</c>.</param>
    /// <param name="biases">Receives <see cref="Biases"/> runs of H.</param>
    public virtual void Combine(ReadOnlySpan<T> ofInputs, ReadOnlySpan<T> ofRecurrent, Span<T> biases) => TensorPrimitives.Add(ofInputs, ofRecurrent, biases);

    /// <summary>The gradients by the recurrent biases, of what the steps gave; those by the inputs' are the first kH.</summary>
    /// <param name="sums">What the steps gave, which may be changed.</param>
    /// <param name="hidden">H.</param>
    public virtual ReadOnlySpan<T> OfRecurrentBias(Span<T> sums, int hidden) => sums;
}
