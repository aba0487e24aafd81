using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Core.Operations;
using NeuralNet.Core.Shapes;

namespace NeuralNet.Layers.Attention;

/// <summary>A table with a vector for each position, which is added to the steps of a sequence: <c>Y_it = X_it + P_t</c>.</summary>
/// <remarks><b>Shapes.</b> X and Y <c>[N×(E·T)]</c>, P <c>[context×E]</c>, T at most the context. <b>Threads.</b> See <see cref="Gate{T}"/>.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public abstract class PositionLayer<T> : Layer<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int StripSlot = 2;

    private protected PositionLayer(int context, int width)
    {
        ElementType<T>.ThrowIfNotSupported();
        ArgumentOutOfRangeException.ThrowIfLessThan(context, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        (Context, Width) = (context, width);
    }

    /// <summary>The most steps of a sequence.</summary>
    public int Context { get; }

    /// <summary>E, channels of a step.</summary>
    public int Width { get; }

    /// <inheritdoc/>
    public sealed override GateDescription Description => new(Kind, ("context", Context), ("width", Width));

    /// <inheritdoc/>
    public sealed override SampleShape? OutputShape(SampleShape? input)
    {
        ChannelView.ThrowIfWrong(this, input, Width);
        if (input is SampleShape shape)
        {
            ThrowIfTooLong(shape.Positions, nameof(input));
        }

        return input;
    }

    /// <summary>P, of at least so many steps.</summary>
    /// <param name="steps">At most the context.</param>
    private protected abstract Matrix<T> Table(int steps);

    /// <summary>The output for the steps from a position on.</summary>
    /// <param name="input"><c>[N×(E·t)]</c>.</param>
    /// <param name="position">The first one's position.</param>
    /// <param name="cache">Lends the buffers.</param>
    internal Matrix<T> Step(Matrix<T> input, int position, Cache<T> cache)
    {
        int steps = StepsOf(input);
        ThrowIfTooLong(position + steps, nameof(input));
        Matrix<T> table = Table(position + steps);
        ReadOnlySpan<T> row = table.AsSpan();
        if (steps < table.RowCount)
        {
            // A column of the table is a channel: of each the positions that there are.
            Span<T> strip = cache.Buffer(StripSlot, steps, Width).AsSpan();
            for (int channel = 0; channel < Width; channel++)
            {
                row.Slice((channel * table.RowCount) + position, steps).CopyTo(strip[(channel * steps)..]);
            }

            row = strip;
        }

        Matrix<T> output = cache.Buffer(0, input.RowCount, input.ColumnCount);
        input.AsSpan().CopyTo(output.AsSpan());
        if (input.RowCount > 0)
        {
            RowOperations.AddToEach(output.AsSpan(), output.RowCount, output.RowCount, row);
        }

        return output;
    }

    /// <inheritdoc/>
    protected sealed override Matrix<T> ForwardCore(Matrix<T> input, Cache<T> cache) => Step(input, 0, cache);

    /// <summary>Steps of a sequence.</summary>
    private protected int StepsOf(Matrix<T> input)
    {
        ChannelView.RowsOf(this, input, Width);
        return input.ColumnCount / Width;
    }

    private void ThrowIfTooLong(int length, string parameterName)
    {
        if (length > Context)
        {
            throw new ArgumentException($"{this} takes sequences of at most {Context} steps, its context, got {length}.", parameterName);
        }
    }
}
