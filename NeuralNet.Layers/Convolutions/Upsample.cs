using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Core.Operations;
using NeuralNet.Core.Shapes;

namespace NeuralNet.Layers;

/// <summary>Each position as a block of equal ones, <c>y[c, o] = x[c, ⌊o/f⌋]</c>: samples f times as long along each axis, by the nearest neighbour.</summary>
/// <remarks>
/// <para><b>Shapes.</b> X <c>[N×(C·H·W)]</c> or <c>[N×(C·T)]</c>, Y <c>[N×(C·fH·fW)]</c> or <c>[N×(C·fT)]</c>. <b>Gradients.</b> dX sums dY over each block.
/// <b>Cached.</b> X, for its shape. <b>Parameters.</b> None. <b>Threads.</b> See <see cref="Gate{T}"/>.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Upsample<T> : Layer<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    // Sums of blocks, whose gradient is what this layer does.
    private readonly PoolingShape _sums;
    private readonly Extent _factor;

    /// <summary>An upsampling.</summary>
    /// <param name="input">The shape of a sample: <c>SampleShape.Image(C, H, W)</c> or <c>SampleShape.Sequence(C, T)</c>.</param>
    /// <param name="factor">f, 1 or more: <c>2</c>, or <c>(1, 2)</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The factor is below 1.</exception>
    /// <exception cref="ArgumentException">The input is a vector, or the output would have more than 2³¹ − 1 values.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public Upsample(SampleShape input, Extent factor)
    {
        ElementType<T>.ThrowIfNotSupported();
        if (factor.Height < 1 || factor.Width < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(factor), factor, "The factor of Upsample is 1 or more along each axis.");
        }

        Window window = new Window(factor, factor).For(input, Kind);
        (long height, long width) = ((long)input.Height * window.Kernel.Height, (long)input.Width * window.Kernel.Width);
        if (height > int.MaxValue || width > int.MaxValue)
        {
            throw new ArgumentException($"Upsample of {input} by {factor.For(input)} would give {height}×{width} positions; an axis has at most {int.MaxValue}.", nameof(factor));
        }

        Output = input.Rank == 1 ? SampleShape.Sequence(input.Channels, (int)width) : SampleShape.Image(input.Channels, (int)height, (int)width);
        (_sums, _factor) = (new PoolingShape(Output, window), window.Kernel);
    }

    /// <summary>The shape of a sample of the input.</summary>
    public SampleShape Input => _sums.Output;

    /// <summary>The shape of a sample of the output: what the next layer takes.</summary>
    public SampleShape Output { get; }

    /// <inheritdoc/>
    public override SampleShape? InputShape => Input;

    /// <inheritdoc/>
    public override SampleShape? OutputShape(SampleShape? input) => Output;

    /// <summary><c>Upsample(8×7×7 → 8×14×14)</c>.</summary>
    public override string Name => $"{Kind}({Input} → {Output})";

    /// <inheritdoc/>
    public override FlowPattern Pattern => FlowPattern.Distributor;

    /// <inheritdoc/>
    public override GateDescription Description =>
        new(Kind, ("input", Input.ToString()), ("factor", _factor.For(Input)));

    /// <inheritdoc/>
    protected override Matrix<T> ForwardCore(Matrix<T> input, Cache<T> cache)
    {
        Matrix<T> output = cache.Buffer(0, input.RowCount, Output.Size);
        PoolingOperations.SumBackward(_sums, input, output, divisor: 1);
        return output;
    }

    /// <inheritdoc/>
    protected override Matrix<T> BackwardCore(Matrix<T> upstream, Matrix<T> input, Matrix<T> output, bool isInputWanted, Cache<T> cache)
    {
        Matrix<T> downstream = cache.Buffer(1, input.RowCount, input.ColumnCount);
        PoolingOperations.Sum(_sums, upstream, downstream, divisor: 1);
        return downstream;
    }
}
