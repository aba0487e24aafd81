using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Core.Shapes;

namespace NeuralNet.Layers.Attention;

/// <summary>A layer whose steps look at each other: samples are sequences of T steps of E channels, <c>[N×(E·T)]</c>, and so is its output. It can leave out steps that are
/// padding (<see cref="Masked{T}"/>), and take a sequence step by step (<see cref="StepByStep{T}"/>).</summary>
/// <remarks><b>Order.</b> Feature <c>c·T + t</c> is channel c of step t; in memory that is <c>[(N·T)×E]</c>, row <c>i + t·N</c> being step t of sample i. <b>Threads.</b> See
/// <see cref="Gate{T}"/>.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public abstract class SequenceLayer<T> : Layer<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    // Places of views.
    private const int InputView = 0, OutputView = 1, UpstreamView = 2, DownstreamView = 3;

    private protected SequenceLayer(int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        Width = width;
    }

    /// <summary>E, channels of a step.</summary>
    public int Width { get; }

    /// <summary>The most steps of a sequence, or null where any number will do.</summary>
    public abstract int? Context { get; }

    /// <summary>Whether a step depends on none that comes after it, so that a sequence can be taken step by step.</summary>
    public abstract bool IsCausal { get; }

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

    /// <inheritdoc/>
    protected sealed override Matrix<T> ForwardCore(Matrix<T> input, Cache<T> cache) => Forward(input, null, cache);

    /// <inheritdoc/>
    protected sealed override Matrix<T>? BackwardCore(Matrix<T> upstream, Matrix<T> input, Matrix<T> output, bool isInputWanted, Cache<T> cache) =>
        Backward(upstream, isInputWanted, cache);

    /// <summary>The output for samples.</summary>
    /// <param name="input"><c>[N×(E·T)]</c>.</param>
    /// <param name="presence"><c>[N×T]</c>, 0 where a step is padding; null where none is.</param>
    /// <param name="cache">Lends the buffers.</param>
    internal Matrix<T> Forward(Matrix<T> input, Matrix<T>? presence, Cache<T> cache)
    {
        Matrix<T> output = ForwardRows(Rows(input, InputView, cache), input.RowCount, presence, cache);
        return cache.View(OutputView, output, input.RowCount, input.ColumnCount);
    }

    /// <summary>The gradient by the samples, and by the parameters.</summary>
    internal Matrix<T>? Backward(Matrix<T> upstream, bool isInputWanted, Cache<T> cache)
    {
        Matrix<T>? downstream = BackwardRows(Rows(upstream, UpstreamView, cache), upstream.RowCount, isInputWanted, cache);
        return downstream is null ? null : cache.View(DownstreamView, downstream, upstream.RowCount, upstream.ColumnCount);
    }

    /// <summary>The output for the next steps of sequences whose earlier ones the cache has seen.</summary>
    /// <param name="input"><c>[N×(E·t)]</c>, the steps from <paramref name="position"/> on.</param>
    /// <param name="position">How many steps came before.</param>
    /// <param name="cache">Holds them.</param>
    internal Matrix<T> Step(Matrix<T> input, int position, Cache<T> cache)
    {
        Matrix<T> output = StepRows(Rows(input, InputView, cache), input.RowCount, position, cache);
        return cache.View(OutputView, output, input.RowCount, input.ColumnCount);
    }

    /// <summary>What <see cref="ForwardRows"/> gives, kept as the pass of a part.</summary>
    internal Matrix<T> ForwardPart(Matrix<T> rows, int samples, Matrix<T>? presence, Cache<T> cache)
    {
        Matrix<T> output = ForwardRows(rows, samples, presence, cache);
        cache.Keep(this, rows, output);
        return output;
    }

    /// <summary>The output for the steps of samples, <c>[(N·T)×E]</c> both.</summary>
    internal abstract Matrix<T> ForwardRows(Matrix<T> rows, int samples, Matrix<T>? presence, Cache<T> cache);

    /// <summary>The gradient by the steps, of the same shape.</summary>
    internal abstract Matrix<T>? BackwardRows(Matrix<T> upstream, int samples, bool isInputWanted, Cache<T> cache);

    /// <summary>The output for steps from a position on.</summary>
    internal abstract Matrix<T> StepRows(Matrix<T> rows, int samples, int position, Cache<T> cache);

    /// <summary>Refuses a sequence longer than the context.</summary>
    /// <exception cref="ArgumentException">It is.</exception>
    private protected void ThrowIfTooLong(int length, string parameterName)
    {
        if (Context is int context && length > context)
        {
            throw new ArgumentException($"{this} takes sequences of at most {context} steps, its context, got {length}.", parameterName);
        }
    }

    private Matrix<T> Rows(Matrix<T> samples, int place, Cache<T> cache)
    {
        int rows = ChannelView.RowsOf(this, samples, Width);
        ThrowIfTooLong(samples.ColumnCount / Width, nameof(samples));
        return cache.View(place, samples, rows, Width);
    }
}
