using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;

namespace NeuralNet.Layers.Recurrent;

/// <summary>A recurrent layer with further inputs: the lengths of the sequences, and the state that they begin with.</summary>
/// <remarks>
/// <para><b>Inputs.</b> X <c>[N×(C·T)]</c>, padded with anything behind the ends; lengths <c>[N×1]</c>, whole numbers from 1 to T; state <c>[N×S]</c>, as long as
/// <see cref="RecurrentLayer{T}.StateSize"/> says: h of each layer and direction, then c of each. The latter two where the gate is told to take them, in this order.</para>
/// <para><b>Output.</b> That of the layer; zeros behind the end of a sequence. With <c>lastStep</c> it is h at the end of each. The direction that reads backwards begins at the end of the sequence.</para>
/// <para><b>Gradients.</b> As the layer's; zeros behind the ends. A length has none: zeros where somebody asks.</para>
/// <para><b>Parameters.</b> The layer's, named <c>layer.…</c>; the layer uses <c>cache[0]</c>. <b>Cached.</b> By the layer. <b>Source.</b> See the layer. <b>Threads.</b> See <see cref="Gate{T}"/>.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class RecurrentGate<T> : Gate<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly RecurrentLayer<T> _layer;
    private readonly bool _hasLengths, _hasState;

    /// <summary>A layer that takes more than sequences.</summary>
    /// <param name="layer">The layer; its parameters are used.</param>
    /// <param name="lengths">Whether it takes lengths; by default it does.</param>
    /// <param name="initialState">Whether it takes a state; by default it does not.</param>
    public RecurrentGate(RecurrentLayer<T> layer, bool lengths = true, bool initialState = false)
    {
        ArgumentNullException.ThrowIfNull(layer);
        (_layer, _hasLengths, _hasState) = (layer, lengths, initialState);
        Children = [new("layer", layer)];
    }

    /// <inheritdoc/>
    public override int? InputCount => 1 + (_hasLengths ? 1 : 0) + (_hasState ? 1 : 0);

    /// <inheritdoc/>
    public override IReadOnlyList<NamedGate<T>> Children { get; }

    /// <inheritdoc/>
    public override GateDescription Description => new(Kind, ("lengths", _hasLengths), ("initialState", _hasState));

    /// <summary>The layer and what it takes: <c>Recurrent(LSTM(32 → 128), lengths)</c>.</summary>
    public override string Name => $"Recurrent({_layer}{(_hasLengths ? ", lengths" : "")}{(_hasState ? ", initial state" : "")})";

    /// <inheritdoc/>
    protected override Matrix<T> ForwardCore(ReadOnlySpan<Matrix<T>> inputs, Cache<T> cache)
    {
        ArgumentNullException.ThrowIfNull(cache);
        Matrix<T> input = inputs[0];
        Matrix<T>? state = _hasState ? inputs[^1] : null;
        if (state is not null && (state.RowCount != input.RowCount || state.ColumnCount != _layer.StateSize))
        {
            throw new ArgumentException(
                $"{this} expects a state for each of {input.RowCount} sequences, [{input.RowCount}×{_layer.StateSize}], got {state.Shape()}.", nameof(inputs));
        }

        Matrix<T> output = _layer.Run(this, input, _hasLengths ? inputs[1] : null, state, cache[0]);
        cache[0].Keep(_layer, input, output);
        return output;
    }

    /// <inheritdoc/>
    protected override void BackwardCore(
        Matrix<T> upstream, ReadOnlySpan<Matrix<T>> inputs, Matrix<T> output, Wanted wanted, Span<Matrix<T>?> downstream, Cache<T> cache)
    {
        ArgumentNullException.ThrowIfNull(cache);
        int last = inputs.Length - 1;
        Matrix<T>? ofState = _hasState && wanted[last] ? cache.Buffer(last + 1, inputs[last].RowCount, inputs[last].ColumnCount) : null;
        downstream[0] = _layer.RunBack(upstream, inputs[0], _hasLengths, wanted[0], ofState, cache[0]);
        if (_hasState)
        {
            downstream[last] = ofState;
        }

        if (_hasLengths && wanted[1])
        {
            Matrix<T> ofLengths = cache.Buffer(2, inputs[1].RowCount, 1);
            ofLengths.AsSpan().Clear();
            downstream[1] = ofLengths;
        }
    }
}
