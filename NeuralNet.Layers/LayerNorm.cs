using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Core.Operations;
using NeuralNet.Core.Shapes;

namespace NeuralNet.Layers;

/// <summary>Layer normalisation: <c>x̂ = (x − μ)/√(σ² + ε)</c>, <c>y = γ·x̂ + β</c>, each sample by the mean μ and the variance σ² of its own features, the same in training
/// and evaluation.</summary>
/// <remarks>
/// <para><b>Shapes.</b> X and Y <c>[N×D]</c>, D features; γ and β <c>[1×D]</c>. Per position, samples of C channels at P positions are normalised over the channels at each
/// position alone, as a transformer does with its tokens: X and Y <c>[N×(C·P)]</c>, which is <c>[(N·P)×C]</c> in memory, γ and β <c>[1×C]</c>. In PyTorch that
/// is <c>LayerNorm(C)</c> on <c>[N, P, C]</c>.</para>
/// <para><b>Gradients.</b> With <c>g = γ·dY</c> and means over the features: <c>dX = (g − mean(g) − x̂·mean(g·x̂))/√(σ² + ε)</c>, <c>dγ = Σ_rows dY·x̂</c>,
/// <c>dβ = Σ_rows dY</c>. σ² is divided by D.</para>
/// <para><b>Cached.</b> X, and mean and factor of each row. <b>Parameters.</b> <c>weight</c>: γ, ones at first; <c>bias</c>: β, zeros at first; unless it is told to have none. Neither
/// is regularised.</para>
/// <para><b>Source.</b> Ba, Kiros and Hinton (2016), equation 4. <b>Threads.</b> See <see cref="Gate{T}"/>.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class LayerNorm<T> : Layer<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    // Numbers of each row: μ, 1/√(σ² + ε), mean(g) and mean(g·x̂).
    private const int NumbersSlot = 2, SumsSlot = 3, Numbers = 4;

    /// <summary>A layer that does nothing to rows of mean 0 and variance 1.</summary>
    /// <param name="features">D, or per position the channels C; 1 or more.</param>
    /// <param name="epsilon">ε, added to the variance: a finite number above 0; 1e-5 by default.</param>
    /// <param name="affine">Whether there are γ and β; by default there are.</param>
    /// <param name="perPosition">Whether each position of a sample is normalised alone, over its channels; false, the default, is each sample over all it has.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public LayerNorm(int features, double epsilon = 1e-5, bool affine = true, bool perPosition = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(features, 1);
        (Features, PerPosition, Epsilon) = (features, perPosition, VarianceOffset.Of<T>(epsilon, "LayerNorm"));
        if (!affine)
        {
            OwnParameters = [];
            return;
        }

        Weight = new Parameter<T>(Matrices.Zeros<T>(1, features), isRegularized: false);
        Bias = new Parameter<T>(Matrices.Zeros<T>(1, features), isRegularized: false);
        Weight.Value.AsSpan().Fill(T.One);
        OwnParameters = [new("weight", Weight), new("bias", Bias)];
    }

    /// <summary>γ, <c>[1×D]</c>, or null for a layer without.</summary>
    public Parameter<T>? Weight { get; }

    /// <summary>β, <c>[1×D]</c>, or null for a layer without.</summary>
    public Parameter<T>? Bias { get; }

    /// <summary>ε, added to the variance.</summary>
    public double Epsilon { get; }

    /// <summary>D, or per position the channels C.</summary>
    public int Features { get; }

    /// <summary>Whether each position of a sample is normalised alone, over its channels.</summary>
    public bool PerPosition { get; }

    /// <inheritdoc/>
    public override GateDescription Description =>
        new(Kind, ("features", Features), ("epsilon", Epsilon), ("affine", Weight is not null), ("perPosition", PerPosition));

    /// <inheritdoc/>
    protected override IReadOnlyList<NamedParameter<T>> OwnParameters { get; }

    /// <inheritdoc/>
    public override SampleShape? InputShape => PerPosition ? null : Features;

    /// <inheritdoc/>
    public override SampleShape? OutputShape(SampleShape? input)
    {
        if (PerPosition)
        {
            ChannelView.ThrowIfWrong(this, input, Features);
        }

        return input;
    }

    // Empty where there is none, which stands for ones and zeros.
    private ReadOnlySpan<T> Scale => Weight is null ? default : Weight.Value.AsSpan();

    private ReadOnlySpan<T> Shift => Bias is null ? default : Bias.Value.AsSpan();

    /// <inheritdoc/>
    protected override Matrix<T> ForwardCore(Matrix<T> input, Cache<T> cache)
    {
        int rows = ChannelView.RowsOf(this, input, Features);
        Matrix<T> output = cache.Buffer(0, input.RowCount, input.ColumnCount);
        Span<T> numbers = cache.Buffer(NumbersSlot, rows, Numbers).AsSpan()[..(2 * rows)], inverse = numbers[rows..];
        NormalizationOperations.RowMoments<T>(input.AsSpan(), Features, numbers[..rows], inverse);
        VarianceOffset.Invert(inverse, Epsilon);
        NormalizationOperations.StandardizeRows(input.AsSpan(), Features, numbers, Scale, Shift, output.AsSpan());
        return output;
    }

    /// <inheritdoc/>
    protected override Matrix<T> BackwardCore(Matrix<T> upstream, Matrix<T> input, Matrix<T> output, bool isInputWanted, Cache<T> cache)
    {
        int rows = ChannelView.RowsOf(this, input, Features);
        Matrix<T> downstream = cache.Buffer(1, input.RowCount, input.ColumnCount);
        Span<T> numbers = cache.Buffer(NumbersSlot, rows, Numbers).AsSpan(), means = numbers[(2 * rows)..];
        Span<T> sums = cache.Buffer(SumsSlot, Features, 2).AsSpan();
        NormalizationOperations.RowGradientSums(upstream.AsSpan(), Features, input.AsSpan(), numbers[..(2 * rows)], Scale, means);
        ElementwiseOperations.Scale(means, T.One / T.CreateChecked(Features), means);
        NormalizationOperations.StandardizeRowsBackward(upstream.AsSpan(), Features, input.AsSpan(), numbers, Scale, downstream.AsSpan(), sums);
        Bias?.AddToGradient(sums[..Features]);
        Weight?.AddToGradient(sums[Features..]);
        return downstream;
    }
}
