using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Core.Gates;

namespace NeuralNet.Layers.Attention;

/// <summary>A <see cref="SequenceLayer{T}"/> with a second input that says which steps are there: nobody looks at those that are padding.</summary>
/// <remarks>
/// <para><b>Shapes.</b> x <c>[N×(E·T)]</c>, y <c>[N×T]</c>: 0 where a step is padding, any other number where it is there. (PyTorch's <c>key_padding_mask</c> is the other way round: true is padding.)
/// What comes out at a padded step is of no use; a mask of the loss leaves it out.</para>
/// <para><b>Gradients.</b> By x that of the layer; a mask has none: zeros where somebody asks. <b>Cached.</b> By the layer, in <c>cache[0]</c>. <b>Parameters.</b> Those of the layer,
/// <c>layer.…</c>.</para>
/// <para><b>Threads.</b> See <see cref="Gate{T}"/>.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Masked<T> : BinaryGate<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly SequenceLayer<T> _layer;

    /// <summary>A layer with a mask.</summary>
    /// <param name="layer">The layer; used, not copied.</param>
    public Masked(SequenceLayer<T> layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        _layer = layer;
        Children = [new("layer", layer)];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<NamedGate<T>> Children { get; }

    /// <summary><c>Masked(layer)</c>.</summary>
    public override string Name => $"Masked({_layer})";

    /// <inheritdoc/>
    protected override Matrix<T> ForwardCore(Matrix<T> x, Matrix<T> y, Cache<T> cache)
    {
        int steps = x.ColumnCount / _layer.Width;
        if (y.RowCount != x.RowCount || y.ColumnCount != steps)
        {
            throw new ArgumentException($"{this} expects a mask [N×T] for its input {x.Shape()}, [{x.RowCount}×{steps}], got {y.Shape()}.", nameof(y));
        }

        if (y.AsSpan().ContainsAny([T.NaN]))
        {
            throw new ArgumentException($"{this} expects a mask of numbers, 0 for padding, got NaN.", nameof(y));
        }

        Matrix<T> output = _layer.Forward(x, y, cache[0]);
        cache[0].Keep(_layer, x, output);
        return output;
    }

    /// <inheritdoc/>
    protected override (Matrix<T>? Dx, Matrix<T>? Dy) BackwardCore(Matrix<T> upstream, Matrix<T> x, Matrix<T> y, Matrix<T> z, Wanted wanted, Cache<T> cache)
    {
        Matrix<T>? dy = wanted[1] ? cache.Buffer(2, y.RowCount, y.ColumnCount) : null;
        dy?.AsSpan().Clear();
        return (_layer.Backward(upstream, wanted[0], cache[0]), dy);
    }
}
