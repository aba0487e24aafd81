using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Core.Operations;
using NeuralNet.Core.Ranks;
using NeuralNet.Core.Shapes;

namespace NeuralNet.Layers;

/// <summary>Batch normalisation: <c>x̂ = (x − μ)/√(σ² + ε)</c>, <c>y = γ·x̂ + β</c>, each channel by its mean μ and variance σ² over all samples and positions of the batch
/// in training, by running ones in evaluation.</summary>
/// <remarks>
/// <para><b>Shapes.</b> X and Y <c>[N×(C·P)]</c>, C channels at P positions (a vector is channels alone); γ, β and the running statistics <c>[1×C]</c>. With the L = N·P values
/// of a channel in one column, it is a matrix <c>[L×C]</c>.</para>
/// <para><b>Statistics.</b> σ² is divided by L. In training the running ones move: <c>running ← (1 − m)·running + m·batch</c>, with the momentum m and the variance
/// divided by L − 1, as PyTorch has it; so L is 2 or more in training. They start from mean 0 and variance 1.</para>
/// <para><b>Gradients.</b> <c>dβ = Σ dY</c>, <c>dγ = Σ dY·x̂</c>, and <c>dX = γ/√(σ² + ε)·(dY − dβ/L − x̂·dγ/L)</c>, in evaluation without the last two terms, which
/// come of the batch's statistics.</para>
/// <para><b>Cached.</b> X, and mean and factor of each channel. <b>Parameters.</b> <c>weight</c>: γ, ones at first; <c>bias</c>: β, zeros at first; neither is regularised.
/// <b>States.</b> <c>running_mean</c>, <c>running_var</c>.</para>
/// <para><b>Several ranks.</b> With <see cref="Ranks"/>, statistics and the sums of the backward pass go over the parts of the batch that all of them have: as one rank with the whole batch.</para>
/// <para><b>Source.</b> Ioffe and Szegedy (2015), algorithms 1 and 2. <b>Threads.</b> Training passes change the running statistics: by one thread at a time.
/// Otherwise see <see cref="Gate{T}"/>.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class BatchNorm<T> : Layer<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    // Numbers of each channel: μ, factor and term of the forward pass; μ, factor and two terms of the backward pass; 1/√(σ² + ε).
    private const int NumbersSlot = 2, SumsSlot = 3, Numbers = 5, InverseAt = 4;

    // What ranks tell each other: the number of values, and mean and variance of each channel; and how many values there are on all of them.
    private const int MomentsSlot = 4, AllMomentsSlot = 5, TotalSlot = 6;
    private readonly int _channels;

    /// <summary>A layer that does nothing to data of mean 0 and variance 1.</summary>
    /// <param name="channels">C, 1 or more: features of a vector, channels of an image or a sequence.</param>
    /// <param name="epsilon">ε, added to the variance: a finite number above 0; 1e-5 by default.</param>
    /// <param name="momentum">m, the weight of a new batch in the running statistics: 0 to 1; 0.1 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public BatchNorm(int channels, double epsilon = 1e-5, double momentum = 0.1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        if (!(momentum >= 0 && momentum <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(momentum), momentum, "The momentum of BatchNorm, the weight of a new batch in the running statistics, is a number from 0 to 1.");
        }

        (_channels, Epsilon, Momentum) = (channels, VarianceOffset.Of<T>(epsilon, "BatchNorm"), momentum);
        Weight = new Parameter<T>(Matrices.Zeros<T>(1, channels), isRegularized: false);
        Bias = new Parameter<T>(Matrices.Zeros<T>(1, channels), isRegularized: false);
        (RunningMean, RunningVariance) = (Matrices.Zeros<T>(1, channels), Matrices.Zeros<T>(1, channels));
        Weight.Value.AsSpan().Fill(T.One);
        RunningVariance.AsSpan().Fill(T.One);
        OwnParameters = [new("weight", Weight), new("bias", Bias)];
        OwnStates = [new("running_mean", RunningMean), new("running_var", RunningVariance)];
    }

    /// <summary>γ, <c>[1×C]</c>.</summary>
    public Parameter<T> Weight { get; }

    /// <summary>β, <c>[1×C]</c>.</summary>
    public Parameter<T> Bias { get; }

    /// <summary>The mean of each channel in evaluation, <c>[1×C]</c>.</summary>
    public Matrix<T> RunningMean { get; }

    /// <summary>The variance of each channel in evaluation, <c>[1×C]</c>.</summary>
    public Matrix<T> RunningVariance { get; }

    /// <summary>ε, added to the variance.</summary>
    public double Epsilon { get; }

    /// <summary>m, the weight of a new batch in the running statistics.</summary>
    public double Momentum { get; }

    /// <summary>The ranks over whose parts of a batch statistics are taken in training; null, the default: this rank's part alone.</summary>
    /// <remarks>All ranks run the same passes then, and each has a sample of every batch at least. It is no part of what a file says of the layer.</remarks>
    public ICommunicator? Ranks { get; set; }

    /// <inheritdoc/>
    public override GateDescription Description => new(Kind, ("channels", _channels), ("epsilon", Epsilon), ("momentum", Momentum));

    /// <inheritdoc/>
    protected override IReadOnlyList<NamedParameter<T>> OwnParameters { get; }

    /// <inheritdoc/>
    protected override IReadOnlyList<NamedState<T>> OwnStates { get; }

    /// <inheritdoc/>
    public override SampleShape? OutputShape(SampleShape? input)
    {
        ChannelView.ThrowIfWrong(this, input, _channels);
        return input;
    }

    /// <inheritdoc/>
    protected override Matrix<T> ForwardCore(Matrix<T> input, Cache<T> cache)
    {
        int rows = ChannelView.RowsOf(this, input, _channels);
        Matrix<T> output = cache.Buffer(0, input.RowCount, input.ColumnCount);
        Span<T> numbers = cache.Buffer(NumbersSlot, _channels, Numbers).AsSpan();
        Span<T> mean = numbers[.._channels], factor = numbers.Slice(_channels, _channels), inverse = numbers[(InverseAt * _channels)..];
        if (cache.IsTraining)
        {
            MoveRunningStatistics(BatchStatistics(input, rows, mean, inverse, cache), mean, inverse);
        }
        else
        {
            RunningMean.AsSpan().CopyTo(mean);
            RunningVariance.AsSpan().CopyTo(inverse);
        }

        VarianceOffset.Invert(inverse, Epsilon);
        ElementwiseOperations.Multiply<T>(inverse, Weight.Value.AsSpan(), factor);
        Bias.Value.AsSpan().CopyTo(numbers[(2 * _channels)..]);
        NormalizationOperations.StandardizeColumns<T>(input.AsSpan(), rows, numbers[..(3 * _channels)], output.AsSpan());
        return output;
    }

    /// <inheritdoc/>
    protected override Matrix<T>? BackwardCore(Matrix<T> upstream, Matrix<T> input, Matrix<T> output, bool isInputWanted, Cache<T> cache)
    {
        int rows = ChannelView.RowsOf(this, input, _channels);
        Span<T> numbers = cache.Buffer(NumbersSlot, _channels, Numbers).AsSpan(), sums = cache.Buffer(SumsSlot, _channels, 2).AsSpan();
        Span<T> inverse = numbers[(InverseAt * _channels)..], ofShift = sums[.._channels], ofScale = sums[_channels..];
        NormalizationOperations.ColumnGradientSums<T>(upstream.AsSpan(), rows, input.AsSpan(), numbers[.._channels], sums);
        ElementwiseOperations.Multiply<T>(ofScale, inverse, ofScale);
        Bias.AddToGradient(ofShift);
        Weight.AddToGradient(ofScale);
        if (!isInputWanted)
        {
            return null;
        }

        if (cache.IsTraining)
        {
            Ranks?.AllReduce(sums);
        }

        Matrix<T> downstream = cache.Buffer(1, input.RowCount, input.ColumnCount);
        Span<T> factor = numbers.Slice(_channels, _channels), term = numbers.Slice(2 * _channels, _channels), slope = numbers.Slice(3 * _channels, _channels);
        T share = cache.IsTraining ? T.One / cache.Buffer(TotalSlot, 1, 1).AsSpan()[0] : T.Zero;
        for (int c = 0; c < _channels; c++)
        {
            term[c] = factor[c] * ofShift[c] * share;
            slope[c] = factor[c] * ofScale[c] * inverse[c] * share;
        }

        NormalizationOperations.StandardizeColumnsBackward<T>(upstream.AsSpan(), rows, input.AsSpan(), numbers[..(4 * _channels)], downstream.AsSpan());
        return downstream;
    }

    // The one place where samples meet. Returns how many values each channel has.
    private int BatchStatistics(Matrix<T> input, int rows, Span<T> mean, Span<T> variance, Cache<T> cache)
    {
        mean.Clear();
        variance.Clear();
        if (rows > 0)
        {
            NormalizationOperations.ColumnMoments<T>(input.AsSpan(), rows, mean, variance);
        }

        int total = Ranks is { Size: > 1 } ranks ? OverRanks(ranks, rows, mean, variance, cache) : rows;
        if (total < 2)
        {
            throw new ArgumentException(
                $"{this} expects 2 or more values for each channel in training, over samples and positions, got {total} of {input.Shape()}: one value alone has no variance. " +
                "Take larger batches, leave out a last one of a single sample, or run in evaluation.", nameof(input));
        }

        cache.Buffer(TotalSlot, 1, 1).AsSpan()[0] = T.CreateChecked(total);
        return total;
    }

    // Mean and variance of all parts from those of each, in the order of the ranks (Chan, Golub and LeVeque 1979).
    private int OverRanks(ICommunicator ranks, int rows, Span<T> mean, Span<T> variance, Cache<T> cache)
    {
        int length = 1 + (2 * _channels);
        Span<T> own = cache.Buffer(MomentsSlot, 1, length).AsSpan(), all = cache.Buffer(AllMomentsSlot, 1, length * ranks.Size).AsSpan();
        own[0] = T.CreateChecked(rows);
        mean.CopyTo(own[1..]);
        variance.CopyTo(own[(1 + _channels)..]);
        ranks.AllGather<T>(own, all);
        double total = 0;
        for (int rank = 0; rank < ranks.Size; rank++)
        {
            total += double.CreateTruncating(all[rank * length]);
        }

        for (int c = 0; c < _channels; c++)
        {
            (double sum, double squares) = (0, 0);
            for (int rank = 0; rank < ranks.Size; rank++)
            {
                sum += double.CreateTruncating(all[rank * length]) * double.CreateTruncating(all[(rank * length) + 1 + c]);
            }

            double centre = sum / total;
            for (int rank = 0; rank < ranks.Size; rank++)
            {
                double distance = double.CreateTruncating(all[(rank * length) + 1 + c]) - centre;
                squares += double.CreateTruncating(all[rank * length]) * (double.CreateTruncating(all[(rank * length) + 1 + _channels + c]) + (distance * distance));
            }

            (mean[c], variance[c]) = (T.CreateTruncating(centre), T.CreateTruncating(squares / total));
        }

        return (int)total;
    }

    private void MoveRunningStatistics(int rows, ReadOnlySpan<T> mean, ReadOnlySpan<T> variance)
    {
        T ofNew = T.CreateChecked(Momentum), ofOld = T.CreateChecked(1 - Momentum), unbiased = T.CreateChecked(rows) / T.CreateChecked(rows - 1);
        Span<T> runningMean = RunningMean.AsSpan(), runningVariance = RunningVariance.AsSpan();
        for (int c = 0; c < _channels; c++)
        {
            runningMean[c] = (ofOld * runningMean[c]) + (ofNew * mean[c]);
            runningVariance[c] = (ofOld * runningVariance[c]) + (ofNew * unbiased * variance[c]);
        }
    }
}
