using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Core.Operations;
using NeuralNet.Core.Shapes;

namespace NeuralNet.Layers;

/// <summary>Average pooling: the mean of each window of the positions, channel by channel, <c>y[c, o] = Σ_k x[c, o·s − p + k] / K</c>.</summary>
/// <remarks>
/// <para><b>Shapes.</b> X <c>[N×(C·H·W)]</c> or <c>[N×(C·T)]</c>, Y <c>[N×(C·H'·W')]</c> or <c>[N×(C·T')]</c>, with <c>H' = ⌊(H + 2p − k)/s⌋ + 1</c>. K is the size of the window, so that
/// padding counts as zeros, or the number of its inputs.</para>
/// <para><b>Gradients.</b> <c>dX[c, i] = Σ_o dY[c, o]/K</c> over the windows that i belongs to. <b>Cached.</b> X, for its shape. <b>Parameters.</b> None.
/// <b>Source.</b> LeCun, Bottou, Bengio and Haffner (1998), section II. <b>Threads.</b> See <see cref="Gate{T}"/>.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class AveragePool<T> : PoolingLayer<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly int? _divisor;

    /// <summary>An average pooling.</summary>
    /// <param name="input">The shape of a sample: <c>SampleShape.Image(C, H, W)</c> or <c>SampleShape.Sequence(C, T)</c>.</param>
    /// <param name="kernel">The size of the window, 1 or more: <c>2</c>, or <c>(1, 2)</c>.</param>
    /// <param name="stride">From one window to the next, 1 or more; null (the default) for the size of the window.</param>
    /// <param name="padding">What windows may reach over at each end, from 0, the default, to below the kernel.</param>
    /// <param name="countsPadding">Whether padding counts as zeros, as in PyTorch by default; otherwise means are of the inputs that a window has.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    /// <exception cref="ArgumentException">The input is a vector, or the window is larger than the padded input.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public AveragePool(SampleShape input, Extent kernel, Extent? stride = null, Extent padding = default, bool countsPadding = true)
        : this(ShapeOf(input, kernel, stride, padding), countsPadding)
    {
    }

    private AveragePool(PoolingShape shape, bool countsPadding) : base(shape, shape.Output) => _divisor = countsPadding ? shape.Window.Elements : null;

    /// <summary>Whether places in the padding count as values of 0.</summary>
    public bool CountsPadding => _divisor is not null;

    /// <inheritdoc/>
    public override string Name => NameOfWindow();

    /// <inheritdoc/>
    public override FlowPattern Pattern => FlowPattern.Distributor;

    /// <inheritdoc/>
    public override GateDescription Description => new(
        Kind, ("input", Input.ToString()), ("kernel", Shape.Window.Kernel.For(Input)), ("stride", Shape.Window.Stride.For(Input)), ("padding", Shape.Window.Padding.For(Input)),
        ("countsPadding", _divisor is not null));

    /// <inheritdoc/>
    protected override Matrix<T> ForwardCore(Matrix<T> input, Cache<T> cache)
    {
        Matrix<T> output = cache.Buffer(0, input.RowCount, Output.Size);
        PoolingOperations.Sum(Shape, input, output, _divisor);
        return output;
    }

    /// <inheritdoc/>
    protected override Matrix<T> BackwardCore(Matrix<T> upstream, Matrix<T> input, Matrix<T> output, bool isInputWanted, Cache<T> cache)
    {
        Matrix<T> downstream = cache.Buffer(1, input.RowCount, input.ColumnCount);
        PoolingOperations.SumBackward(Shape, upstream, downstream, _divisor);
        return downstream;
    }
}
