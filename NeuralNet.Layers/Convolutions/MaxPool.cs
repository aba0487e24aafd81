using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Core.Operations;
using NeuralNet.Core.Shapes;

namespace NeuralNet.Layers;

/// <summary>Max pooling: the largest value of each window of the positions, channel by channel, <c>y[c, o] = max_k x[c, o·s − p + k]</c>.</summary>
/// <remarks>
/// <para><b>Shapes.</b> X <c>[N×(C·H·W)]</c> or <c>[N×(C·T)]</c>, Y <c>[N×(C·H'·W')]</c> or <c>[N×(C·T')]</c>, with <c>H' = ⌊(H + 2p − k)/s⌋ + 1</c>. Padding is never the largest.
/// Positions behind the last whole window are left out. A NaN in a window makes it NaN.</para>
/// <para><b>Gradients.</b> Each dY goes to the largest of its window. Where several are as large it is split among them, as in all gates of this library that choose: then the
/// gradient does not depend on the order of positions, and a centred difference gives the same. PyTorch gives it all to the first.</para>
/// <para><b>Cached.</b> X and Y, by reference. <b>Parameters.</b> None. <b>Source.</b> Ranzato, Huang, Boureau and LeCun (2007). <b>Threads.</b> See <see cref="Gate{T}"/>.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class MaxPool<T> : PoolingLayer<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>A max pooling.</summary>
    /// <param name="input">The shape of a sample: <c>SampleShape.Image(C, H, W)</c> or <c>SampleShape.Sequence(C, T)</c>.</param>
    /// <param name="kernel">The size of the window, 1 or more: <c>2</c>, or <c>(1, 2)</c>.</param>
    /// <param name="stride">From one window to the next, 1 or more; null (the default) for the size of the window.</param>
    /// <param name="padding">What windows may reach over at each end, from 0, the default, to below the kernel.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    /// <exception cref="ArgumentException">The input is a vector, or the window is larger than the padded input.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public MaxPool(SampleShape input, Extent kernel, Extent? stride = null, Extent padding = default)
        : this(ShapeOf(input, kernel, stride, padding))
    {
    }

    private MaxPool(PoolingShape shape) : base(shape, shape.Output)
    {
    }

    /// <inheritdoc/>
    public override string Name => NameOfWindow();

    /// <inheritdoc/>
    public override FlowPattern Pattern => FlowPattern.Router;

    /// <inheritdoc/>
    public override GateDescription Description => new(
        Kind, ("input", Input.ToString()), ("kernel", Shape.Window.Kernel.For(Input)), ("stride", Shape.Window.Stride.For(Input)), ("padding", Shape.Window.Padding.For(Input)));

    /// <inheritdoc/>
    protected override Matrix<T> ForwardCore(Matrix<T> input, Cache<T> cache)
    {
        Matrix<T> output = cache.Buffer(0, input.RowCount, Output.Size);
        PoolingOperations.Max(Shape, input, output);
        return output;
    }

    /// <inheritdoc/>
    protected override Matrix<T> BackwardCore(Matrix<T> upstream, Matrix<T> input, Matrix<T> output, bool isInputWanted, Cache<T> cache)
    {
        Matrix<T> downstream = cache.Buffer(1, input.RowCount, input.ColumnCount);
        PoolingOperations.MaxBackward(Shape, upstream, input, output, downstream);
        return downstream;
    }
}
