using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Core.Shapes;

namespace NeuralNet.Layers;

/// <summary>Turns channels into positions and positions into channels: samples of <c>C×P</c> become ones of <c>P×C</c>, in which the values of a position lie side by side.</summary>
/// <remarks>
/// <para><b>Shapes.</b> X <c>[N×(C·P)]</c>, C channels at any number P of positions, Y <c>[N×(P·C)]</c>: <c>Y_i,(p·C + c) = X_i,(c·P + p)</c>. The positions of an image become the
/// channels of a sequence.</para>
/// <para><b>Gradients.</b> <c>dX_i,(c·P + p) = dY_i,(p·C + c)</c>. <b>Cached.</b> X. <b>Parameters.</b> None. <b>Threads.</b> See <see cref="Gate{T}"/>.</para>
/// <para><b>Source.</b> The usual definition, as PyTorch's <c>transpose(1, 2)</c> on <c>[N, C, P]</c>.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class SwapAxes<T> : Layer<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>A layer for samples of a number of channels.</summary>
    /// <param name="channels">C, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no channels.</exception>
    public SwapAxes(int channels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        Channels = channels;
    }

    /// <summary>C, the channels of the input.</summary>
    public int Channels { get; }

    /// <inheritdoc/>
    public override FlowPattern Pattern => FlowPattern.Carrier;

    /// <inheritdoc/>
    public override GateDescription Description => new(Kind, ("channels", Channels));

    /// <inheritdoc/>
    public override SampleShape? OutputShape(SampleShape? input)
    {
        ChannelView.ThrowIfWrong(this, input, Channels);
        return input is SampleShape shape ? SampleShape.Sequence(shape.Positions, Channels) : null;
    }

    /// <inheritdoc/>
    protected override Matrix<T> ForwardCore(Matrix<T> input, Cache<T> cache)
    {
        Matrix<T> output = cache.Buffer(0, input.RowCount, input.ColumnCount);
        Turn(input, Channels, PositionsOf(input), output);
        return output;
    }

    /// <inheritdoc/>
    protected override Matrix<T> BackwardCore(Matrix<T> upstream, Matrix<T> input, Matrix<T> output, bool isInputWanted, Cache<T> cache)
    {
        Matrix<T> downstream = cache.Buffer(1, input.RowCount, input.ColumnCount);
        Turn(upstream, PositionsOf(input), Channels, downstream);
        return downstream;
    }

    private int PositionsOf(Matrix<T> input)
    {
        ChannelView.RowsOf(this, input, Channels);
        return input.ColumnCount / Channels;
    }

    // A column is one value of all samples, and moves as a whole.
    private static void Turn(Matrix<T> source, int channels, int positions, Matrix<T> target)
    {
        int rows = source.RowCount;
        for (int c = 0; c < channels; c++)
        {
            for (int p = 0; p < positions; p++)
            {
                source.AsSpan().Slice(((c * positions) + p) * rows, rows).CopyTo(target.AsSpan()[(((p * channels) + c) * rows)..]);
            }
        }
    }
}
