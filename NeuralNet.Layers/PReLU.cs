using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Core.Operations;
using NeuralNet.Core.Shapes;

namespace NeuralNet.Layers;

/// <summary>The parametric rectifier: <c>y = x</c> above zero and <c>y = a·x</c> elsewhere, with a slope a that is learned, one for all features or one for each channel.</summary>
/// <remarks>
/// <para><b>Shapes.</b> X and Y <c>[N×(C·P)]</c>, C channels at P positions (a vector is channels alone); a <c>[1×C]</c>, or <c>[1×1]</c> for samples of any shape.</para>
/// <para><b>Gradients.</b> <c>dX = dY</c> above zero and <c>a·dY</c> elsewhere, also at 0, as in a leaky ReLU; <c>da = Σ dY·X</c> over the entries at and below zero
/// of the channel.</para>
/// <para><b>Cached.</b> X. <b>Parameters.</b> <c>weight</c>: a. It is not regularised, since a slope drawn to 0 would be no better than any other.</para>
/// <para><b>Source.</b> He, Zhang, Ren and Sun (2015), "Delving deep into rectifiers", equations 1 and 8. <b>Threads.</b> See <see cref="Gate{T}"/>.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class PReLU<T> : Layer<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int SlopesSlot = 2, SlopeGradientsSlot = 3;
    private readonly int _channels;
    private readonly double _initialSlope;

    /// <summary>A rectifier whose slopes are all the same at first.</summary>
    /// <param name="channels">C, slopes, 1 or more; 1 (the default) is one slope for all features.</param>
    /// <param name="initialSlope">What they start from, a finite number; 0.25 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no slopes, or the start is not finite in T.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public PReLU(int channels = 1, double initialSlope = 0.25)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        T slope = T.CreateChecked(initialSlope);
        if (!T.IsFinite(slope))
        {
            throw new ArgumentOutOfRangeException(nameof(initialSlope), initialSlope, $"PReLU needs an initial slope that is a finite {typeof(T).Name}.");
        }

        (_channels, _initialSlope) = (channels, initialSlope);
        Weight = new Parameter<T>(Matrices.Zeros<T>(1, channels), isRegularized: false);
        Weight.Value.AsSpan().Fill(slope);
        OwnParameters = [new("weight", Weight)];
    }

    /// <summary>a, <c>[1×C]</c>.</summary>
    public Parameter<T> Weight { get; }

    /// <inheritdoc/>
    public override GateDescription Description => new(Kind, ("channels", _channels), ("initialSlope", _initialSlope));

    /// <inheritdoc/>
    public override FlowPattern Pattern => FlowPattern.Scaler;

    /// <inheritdoc/>
    protected override IReadOnlyList<NamedParameter<T>> OwnParameters { get; }

    /// <inheritdoc/>
    public override SampleShape? OutputShape(SampleShape? input)
    {
        if (_channels > 1)
        {
            ChannelView.ThrowIfWrong(this, input, _channels);
        }

        return input;
    }

    /// <inheritdoc/>
    protected override Matrix<T> ForwardCore(Matrix<T> input, Cache<T> cache)
    {
        Matrix<T> output = cache.Buffer(0, input.RowCount, input.ColumnCount);
        SlopeOperations.Rectify<T>(input.AsSpan(), RowsOf(input), Slopes(input, cache), output.AsSpan());
        return output;
    }

    /// <inheritdoc/>
    protected override Matrix<T> BackwardCore(Matrix<T> upstream, Matrix<T> input, Matrix<T> output, bool isInputWanted, Cache<T> cache)
    {
        Matrix<T> downstream = cache.Buffer(1, input.RowCount, input.ColumnCount);
        ReadOnlySpan<T> slopes = Slopes(input, cache);
        Span<T> gradients = cache.Buffer(SlopeGradientsSlot, 1, slopes.Length).AsSpan();
        SlopeOperations.RectifyBackward(upstream.AsSpan(), RowsOf(input), input.AsSpan(), slopes, downstream.AsSpan(), gradients);
        if (_channels == 1)
        {
            T sum = T.Zero;
            foreach (T gradient in gradients)
            {
                sum += gradient;
            }

            Weight.AddToGradient(new ReadOnlySpan<T>(in sum));
        }
        else
        {
            Weight.AddToGradient(gradients);
        }

        return downstream;
    }

    private int RowsOf(Matrix<T> input) => _channels == 1 ? input.RowCount : ChannelView.RowsOf(this, input, _channels);

    // One slope for all is written out for each column, so that threads can share the columns.
    private Span<T> Slopes(Matrix<T> input, Cache<T> cache)
    {
        if (_channels > 1)
        {
            return Weight.Value.AsSpan();
        }

        Span<T> slopes = cache.Buffer(SlopesSlot, 1, input.ColumnCount).AsSpan();
        slopes.Fill(Weight.Value.AsSpan()[0]);
        return slopes;
    }
}
