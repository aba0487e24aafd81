using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Core.Shapes;

namespace NeuralNet.Layers;

/// <summary>A layer done at each position of a sample alone, over its channels: a <see cref="Linear{T}"/> for each token, or a convolution of 1×1.</summary>
/// <remarks>
/// <para><b>Shapes.</b> X <c>[N×(C·P)]</c>, Y <c>[N×(M·P)]</c>, where the layer takes vectors of C and gives vectors of M: it sees X as <c>[(N·P)×C]</c>, without a copy, so this costs
/// nothing.</para>
/// <para><b>Gradients.</b> The layer's. <b>Cached.</b> By the layer, in <c>cache[0]</c>. <b>Parameters.</b> Those of the layer, <c>inner.…</c>. <b>Threads.</b> See <see cref="Gate{T}"/>.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class PerPosition<T> : Layer<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Layer<T> _inner;
    private readonly int _channels, _outputs;

    /// <summary>A layer done at each position.</summary>
    /// <param name="inner">The layer; used, not copied.</param>
    /// <param name="channels">C, 1 or more; null, the default, where the layer says itself what it takes.</param>
    /// <exception cref="ArgumentException">The channels are neither given nor said by the layer, it takes others, takes or gives no plain vectors, or does not say what it gives.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The channels are below 1.</exception>
    public PerPosition(Layer<T> inner, int? channels = null)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentOutOfRangeException.ThrowIfLessThan(channels ?? 1, 1, nameof(channels));
        SampleShape shape = channels is int given ? given : inner.InputShape
            ?? throw new ArgumentException($"{inner} does not say how many channels it takes: say it.", nameof(channels));
        if (shape.Rank != 0 || (inner.InputShape is SampleShape expected && expected != shape))
        {
            throw new ArgumentException($"PerPosition gives its layer vectors of {channels?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "its"} channels, but {inner} expects [N×{inner.InputShape}].", nameof(inner));
        }

        _outputs = inner.OutputShape(shape) is { Rank: 0 } output ? output.Channels : throw new ArgumentException(
            $"PerPosition takes a layer that makes vectors of vectors, but {inner} makes [N×{inner.OutputShape(shape)?.ToString() ?? "?"}] of [N×{shape}].", nameof(inner));
        (_inner, _channels) = (inner, shape.Channels);
        Children = [new("inner", inner)];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<NamedGate<T>> Children { get; }

    /// <inheritdoc/>
    public override GateDescription Description => new(Kind, ("channels", _channels));

    /// <summary><c>PerPosition(Linear(128 → 65))</c>.</summary>
    public override string Name => $"PerPosition({_inner})";

    /// <inheritdoc/>
    public override SampleShape? OutputShape(SampleShape? input)
    {
        ChannelView.ThrowIfWrong(this, input, _channels);
        return input?.WithChannels(_outputs);
    }

    /// <inheritdoc/>
    protected override Matrix<T> ForwardCore(Matrix<T> input, Cache<T> cache)
    {
        Matrix<T> output = _inner.Forward(Rows(input, 0, cache), cache[0]);
        return cache.View(1, output, input.RowCount, OutputColumns(input));
    }

    /// <inheritdoc/>
    protected override Matrix<T>? BackwardCore(Matrix<T> upstream, Matrix<T> input, Matrix<T> output, bool isInputWanted, Cache<T> cache)
    {
        int rows = ChannelView.RowsOf(this, input, _channels);
        Matrix<T> ofRows = cache.View(2, upstream, rows, _outputs);
        if (isInputWanted)
        {
            return cache.View(3, _inner.Backward(ofRows, cache[0]), input.RowCount, input.ColumnCount);
        }

        _inner.Backward(ofRows, Wanted.None, cache[0]);
        return null;
    }

    private int OutputColumns(Matrix<T> input) => checked(input.ColumnCount / _channels * _outputs);

    private Matrix<T> Rows(Matrix<T> input, int place, Cache<T> cache) => cache.View(place, input, ChannelView.RowsOf(this, input, _channels), _channels);
}
