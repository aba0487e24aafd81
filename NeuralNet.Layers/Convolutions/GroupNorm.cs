using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Core.Operations;
using NeuralNet.Core.Shapes;

namespace NeuralNet.Layers;

/// <summary>Group normalisation: <c>x̂ = (x − μ)/√(σ² + ε)</c>, <c>y = γ_c·x̂ + β_c</c>, each sample by the mean μ and the variance σ² of each group of its channels, over all their
/// positions; the same in training and evaluation, and at any size of the batch.</summary>
/// <remarks>
/// <para><b>Shapes.</b> X and Y <c>[N×(C·P)]</c>, C channels at P positions in G groups of C/G; γ and β <c>[1×C]</c>. One group is a layer norm over channels and positions, C groups
/// are an instance norm.</para>
/// <para><b>Gradients.</b> With <c>g = γ·dY</c> and means over a group: <c>dX = (g − mean(g) − x̂·mean(g·x̂))/√(σ² + ε)</c>, <c>dγ_c = Σ dY·x̂</c> and <c>dβ_c = Σ dY</c> over
/// samples and positions. σ² is divided by the number of values.</para>
/// <para><b>Cached.</b> X, and mean and factor of each group of each sample. <b>Parameters.</b> <c>weight</c>: γ, ones at first; <c>bias</c>: β, zeros at first; neither is regularised.</para>
/// <para><b>Source.</b> Wu and He (2018), equations 1 to 7. <b>Threads.</b> See <see cref="Gate{T}"/>.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class GroupNorm<T> : Layer<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    // Numbers of each row of a group: μ, 1/√(σ² + ε), mean(g) and mean(g·x̂).
    private const int NumbersSlot = 2, SumsSlot = 3, AffineSlot = 4, Numbers = 4;
    private readonly int _channels, _groups;

    /// <summary>A layer that does nothing to groups of mean 0 and variance 1.</summary>
    /// <param name="groups">G, 1 or more, a divisor of C.</param>
    /// <param name="channels">C, 1 or more.</param>
    /// <param name="epsilon">ε, added to the variance: a finite number above 0; 1e-5 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
    /// <exception cref="ArgumentException">The groups do not divide the channels.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public GroupNorm(int groups, int channels, double epsilon = 1e-5)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(groups, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        if (channels % groups != 0)
        {
            throw new ArgumentException($"GroupNorm of {channels} channels cannot have {groups} groups: they must divide the channels.", nameof(groups));
        }

        (_groups, _channels, Epsilon) = (groups, channels, VarianceOffset.Of<T>(epsilon, "GroupNorm"));
        Weight = new Parameter<T>(Matrices.Zeros<T>(1, channels), isRegularized: false);
        Bias = new Parameter<T>(Matrices.Zeros<T>(1, channels), isRegularized: false);
        Weight.Value.AsSpan().Fill(T.One);
        OwnParameters = [new("weight", Weight), new("bias", Bias)];
    }

    /// <summary>γ, <c>[1×C]</c>.</summary>
    public Parameter<T> Weight { get; }

    /// <summary>β, <c>[1×C]</c>.</summary>
    public Parameter<T> Bias { get; }

    /// <summary>ε, added to the variance.</summary>
    public double Epsilon { get; }

    /// <inheritdoc/>
    public override GateDescription Description => new(Kind, ("groups", _groups), ("channels", _channels), ("epsilon", Epsilon));

    /// <inheritdoc/>
    protected override IReadOnlyList<NamedParameter<T>> OwnParameters { get; }

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
        int samples = input.RowCount, columns = input.ColumnCount / _groups, length = samples * columns;
        Matrix<T> output = cache.Buffer(0, samples, input.ColumnCount);
        Span<T> affine = cache.Buffer(AffineSlot, input.ColumnCount, 2).AsSpan(), scale = affine[..input.ColumnCount], shift = affine[input.ColumnCount..];
        Spread(Weight.Value.AsSpan(), scale);
        Spread(Bias.Value.AsSpan(), shift);
        for (int group = 0; group < _groups; group++)
        {
            ReadOnlySpan<T> x = input.AsSpan().Slice(group * length, length);
            Span<T> numbers = NumbersOf(group, samples, cache)[..(2 * samples)], inverse = numbers[samples..];
            NormalizationOperations.RowMoments(x, columns, numbers[..samples], inverse);
            VarianceOffset.Invert(inverse, Epsilon);
            NormalizationOperations.StandardizeRows<T>(
                x, columns, numbers, scale.Slice(group * columns, columns), shift.Slice(group * columns, columns), output.AsSpan().Slice(group * length, length));
        }

        return output;
    }

    /// <inheritdoc/>
    protected override Matrix<T> BackwardCore(Matrix<T> upstream, Matrix<T> input, Matrix<T> output, bool isInputWanted, Cache<T> cache)
    {
        int samples = input.RowCount, columns = input.ColumnCount / _groups, length = samples * columns;
        Matrix<T> downstream = cache.Buffer(1, samples, input.ColumnCount);
        Span<T> scale = cache.Buffer(AffineSlot, input.ColumnCount, 2).AsSpan(), sums = cache.Buffer(SumsSlot, columns, 2).AsSpan();
        Span<T> ofBias = Bias.GradientToUpdate(out T betaOfBias).AsSpan(), ofWeight = Weight.GradientToUpdate(out T betaOfWeight).AsSpan();
        for (int group = 0; group < _groups; group++)
        {
            ReadOnlySpan<T> x = input.AsSpan().Slice(group * length, length), g = upstream.AsSpan().Slice(group * length, length);
            Span<T> numbers = NumbersOf(group, samples, cache), means = numbers[(2 * samples)..], factor = scale.Slice(group * columns, columns);
            NormalizationOperations.RowGradientSums(g, columns, x, numbers[..(2 * samples)], factor, means);
            ElementwiseOperations.Scale(means, T.One / T.CreateChecked(columns), means);
            NormalizationOperations.StandardizeRowsBackward(g, columns, x, numbers, factor, downstream.AsSpan().Slice(group * length, length), sums);

            // What belongs to a channel is the sum over its positions.
            int channels = _channels / _groups, positions = columns / channels;
            RowOperations.Sum(sums[..columns], positions, positions, ofBias.Slice(group * channels, channels), betaOfBias);
            RowOperations.Sum(sums[columns..], positions, positions, ofWeight.Slice(group * channels, channels), betaOfWeight);
        }

        return downstream;
    }

    private Span<T> NumbersOf(int group, int samples, Cache<T> cache) =>
        cache.Buffer(NumbersSlot, samples, Numbers * _groups).AsSpan().Slice(group * Numbers * samples, Numbers * samples);

    // The number of a channel at each of its positions.
    private void Spread(ReadOnlySpan<T> ofChannels, Span<T> ofColumns)
    {
        int positions = ofColumns.Length / _channels;
        for (int channel = 0; channel < _channels; channel++)
        {
            ofColumns.Slice(channel * positions, positions).Fill(ofChannels[channel]);
        }
    }
}
