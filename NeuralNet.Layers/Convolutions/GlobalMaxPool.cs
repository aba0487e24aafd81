using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Core.Operations;
using NeuralNet.Core.Shapes;

namespace NeuralNet.Layers;

/// <summary>The largest value of each channel over all positions: samples of C channels become vectors of C features.</summary>
/// <remarks>
/// <para><b>Shapes.</b> X <c>[N×(C·P)]</c>, Y <c>[N×C]</c>. <b>Gradients.</b> As <see cref="MaxPool{T}"/>. <b>Cached.</b> X and Y, by reference. <b>Parameters.</b> None.</para>
/// <para><b>Source.</b> Kim (2014), "max-over-time pooling". <b>Threads.</b> See <see cref="Gate{T}"/>.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="input">The shape of a sample: <c>SampleShape.Image(C, H, W)</c> or <c>SampleShape.Sequence(C, T)</c>.</param>
/// <exception cref="ArgumentException">The input is a vector.</exception>
/// <exception cref="NotSupportedException">T is neither float nor double.</exception>
public sealed class GlobalMaxPool<T>(SampleShape input) : PoolingLayer<T>(WholeOf(input), input.Channels) where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override GateDescription Description => new(Kind, ("input", Input.ToString()));

    /// <inheritdoc/>
    public override FlowPattern Pattern => FlowPattern.Router;

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
