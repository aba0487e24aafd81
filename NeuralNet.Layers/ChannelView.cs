using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Core.Shapes;

namespace NeuralNet.Layers;

/// <summary>Samples of any shape with a given number of channels, as layers that do the same at all positions of a channel take them: the memory of <c>[N×(C·P)]</c> is
/// <c>[(N·P)×C]</c>, a column a channel.</summary>
internal static class ChannelView
{
    /// <summary>Refuses a shape with another number of channels.</summary>
    /// <param name="layer">Who takes it.</param>
    /// <param name="input">The shape; null for not known.</param>
    /// <param name="channels">The channels that it must have.</param>
    /// <exception cref="ArgumentException">It has others.</exception>
    public static void ThrowIfWrong<T>(Layer<T> layer, SampleShape? input, int channels) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (input is SampleShape shape && shape.Channels != channels)
        {
            throw new ArgumentException(
                $"{layer} expects samples of {channels} channels, got {shape}, which has {shape.Channels}. A vector is channels alone; a Reshape says otherwise.", nameof(input));
        }
    }

    /// <summary>The rows of the view, samples × positions.</summary>
    /// <param name="layer">Who takes the input.</param>
    /// <param name="input"><c>[N×(C·P)]</c>.</param>
    /// <param name="channels">C.</param>
    /// <exception cref="ArgumentException">The columns are no multiple of the channels, or none.</exception>
    public static int RowsOf<T>(Layer<T> layer, Matrix<T> input, int channels) where T : unmanaged, IFloatingPointIeee754<T> =>
        input.ColumnCount > 0 && input.ColumnCount % channels == 0
            ? checked(input.RowCount * (input.ColumnCount / channels))
            : throw new ArgumentException($"{layer} expects input [N×({channels}·P)], a column for each of {channels} channels at each of P positions, got {input.Shape()}.", nameof(input));
}
