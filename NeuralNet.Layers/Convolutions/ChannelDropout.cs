using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Core.Operations;
using NeuralNet.Core.Randomness;
using NeuralNet.Core.Shapes;

namespace NeuralNet.Layers;

/// <summary>Inverted dropout of whole channels: in training each channel of each sample becomes 0 at all its positions with the probability p and is divided by 1 − p otherwise;
/// in evaluation <c>Y = X</c>. Neighbouring positions are alike, so dropping single ones would hide little.</summary>
/// <remarks>
/// <para><b>Shapes.</b> X and Y <c>[N×(C·P)]</c>, C channels at P positions. In evaluation Y is X itself. <b>Gradients.</b> dY times the mask; in evaluation dY itself.</para>
/// <para><b>Cached.</b> The mask, of 0 and 1/(1 − p): a draw for each channel of each sample, of 24 bits, so that networks in float and in double drop the same.</para>
/// <para><b>Parameters.</b> None. <b>Generators.</b> <c>random</c>; its state says which masks follow. <b>Source.</b> Tompson, Goroshin, Jain, LeCun and Bregler (2015), section
/// 3.2; PyTorch's Dropout2d. <b>Threads.</b> As <see cref="Dropout{T}"/>.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class ChannelDropout<T> : Layer<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    // A mean of zeros for each sample, and then its mask: how NormalizationOperations takes factors of rows.
    private const int MaskSlot = 2, NumbersSlot = 3;
    private readonly int _channels;
    private readonly T _scale;

    /// <summary>A dropout of channels with a generator of its own.</summary>
    /// <param name="channels">C, 1 or more.</param>
    /// <param name="probability">p, the probability that a channel is dropped: from 0 (none is) to 1, which is excluded since nothing would be left.</param>
    /// <param name="random">The generator that masks are drawn from; used, not copied.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public ChannelDropout(int channels, double probability, Philox random)
    {
        ElementType<T>.ThrowIfNotSupported();
        ArgumentNullException.ThrowIfNull(random);
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        if (!(probability >= 0 && probability < 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(probability), probability, "ChannelDropout drops channels with a probability from 0 to below 1; at 1 nothing would be left to learn from.");
        }

        (_channels, Probability, _scale) = (channels, probability, T.CreateChecked(1 / (1 - probability)));
        OwnGenerators = [new("random", random)];
    }

    /// <summary>p, the probability that a channel is dropped.</summary>
    public double Probability { get; }

    /// <inheritdoc/>
    public override GateDescription Description => new(Kind, ("channels", _channels), ("probability", Probability));

    /// <inheritdoc/>
    public override FlowPattern Pattern => FlowPattern.Scaler;

    /// <inheritdoc/>
    protected override IReadOnlyList<NamedGenerator> OwnGenerators { get; }

    /// <inheritdoc/>
    public override SampleShape? OutputShape(SampleShape? input)
    {
        ChannelView.ThrowIfWrong(this, input, _channels);
        return input;
    }

    /// <inheritdoc/>
    protected override Matrix<T> ForwardCore(Matrix<T> input, Cache<T> cache)
    {
        ChannelView.RowsOf(this, input, _channels);
        input.AsSpan();
        if (!cache.IsTraining)
        {
            return input;
        }

        OwnGenerators[0].Generator.FillMask(cache.Buffer(MaskSlot, input.RowCount, _channels).AsSpan(), 1 - Probability, _scale);
        return Masked(input, 0, cache);
    }

    /// <inheritdoc/>
    protected override Matrix<T> BackwardCore(Matrix<T> upstream, Matrix<T> input, Matrix<T> output, bool isInputWanted, Cache<T> cache) =>
        cache.IsTraining ? Masked(upstream, 1, cache) : upstream;

    private Matrix<T> Masked(Matrix<T> source, int slot, Cache<T> cache)
    {
        int samples = source.RowCount, positions = source.ColumnCount / _channels, length = samples * positions;
        Matrix<T> target = cache.Buffer(slot, samples, source.ColumnCount);
        Span<T> mask = cache.Buffer(MaskSlot, samples, _channels).AsSpan(), numbers = cache.Buffer(NumbersSlot, samples, 2).AsSpan();
        numbers[..samples].Clear();
        for (int channel = 0; channel < _channels; channel++)
        {
            mask.Slice(channel * samples, samples).CopyTo(numbers[samples..]);
            NormalizationOperations.StandardizeRows<T>(
                source.AsSpan().Slice(channel * length, length), positions, numbers, default, default, target.AsSpan().Slice(channel * length, length));
        }

        return target;
    }
}
