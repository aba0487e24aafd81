using System.Numerics;
using System.Numerics.Tensors;
using NeuralNet.Core;
using NeuralNet.Core.Shapes;

namespace NeuralNet.Tests.Docs.Lectures;

/// <summary>The layer of docs/lectures/attention.md: a factor for each channel.</summary>
#region layer
public sealed class ChannelScale<T> : Layer<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Parameter<T> _weight;

    public ChannelScale(int channels)
    {
        _weight = new Parameter<T>(Matrix<T>.Build.Dense(1, channels, T.One));
        OwnParameters = [new("weight", _weight)];
    }

    protected override IReadOnlyList<NamedParameter<T>> OwnParameters { get; }

    private int Channels => _weight.Value.ColumnCount;

    // Checked as a network is built, with the shapes in the message; what comes out has the shape of what comes in.
    public override SampleShape? OutputShape(SampleShape? input) => input is not SampleShape shape || shape.Channels == Channels
        ? input
        : throw new ArgumentException($"{this} expects {Channels} channels, got samples of {shape}.", nameof(input));

    protected override Matrix<T> ForwardCore(Matrix<T> input, Cache<T> cache)
    {
        Matrix<T> output = cache.Buffer(0, input.RowCount, input.ColumnCount);
        for (int channel = 0; channel < Channels; channel++)
        {
            TensorPrimitives.Multiply(Run(input, channel), _weight.Value[0, channel], Run(output, channel));
        }

        return output;
    }

    // dx = w_c·dy, and dw_c = Σ x·dy over the run.
    protected override Matrix<T> BackwardCore(Matrix<T> upstream, Matrix<T> input, Matrix<T> output, bool isInputWanted, Cache<T> cache)
    {
        Matrix<T> downstream = cache.Buffer(1, input.RowCount, input.ColumnCount), sums = cache.Buffer(2, 1, Channels);
        for (int channel = 0; channel < Channels; channel++)
        {
            sums[0, channel] = TensorPrimitives.Dot<T>(Run(input, channel), Run(upstream, channel));
            TensorPrimitives.Multiply(Run(upstream, channel), _weight.Value[0, channel], Run(downstream, channel));
        }

        _weight.AddToGradient(sums.AsSpan());
        return downstream;
    }

    private Span<T> Run(Matrix<T> samples, int channel)
    {
        if (samples.ColumnCount % Channels != 0)
        {
            throw new ArgumentException($"{this} expects columns for {Channels} channels, got {samples.Shape()}.", nameof(samples));
        }

        int length = samples.RowCount * (samples.ColumnCount / Channels);
        return samples.AsSpan().Slice(channel * length, length);
    }
}
#endregion
