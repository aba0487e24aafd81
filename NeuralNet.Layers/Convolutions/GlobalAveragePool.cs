using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Core.Operations;
using NeuralNet.Core.Shapes;

namespace NeuralNet.Layers;

/// <summary>The mean of each channel over all positions: samples of C channels become vectors of C features.</summary>
/// <remarks>
/// <para><b>Shapes.</b> X <c>[N×(C·P)]</c>, Y <c>[N×C]</c>. <b>Gradients.</b> <c>dX[c, p] = dY[c]/P</c>. <b>Cached.</b> X, for its shape. <b>Parameters.</b> None.</para>
/// <para><b>Source.</b> Lin, Chen and Yan (2014), section 3.2. <b>Threads.</b> See <see cref="Gate{T}"/>.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="input">The shape of a sample: <c>SampleShape.Image(C, H, W)</c> or <c>SampleShape.Sequence(C, T)</c>.</param>
/// <exception cref="ArgumentException">The input is a vector.</exception>
/// <exception cref="NotSupportedException">T is neither float nor double.</exception>
public sealed class GlobalAveragePool<T>(SampleShape input) : PoolingLayer<T>(WholeOf(input), input.Channels) where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override GateDescription Description => new(Kind, ("input", Input.ToString()));

    /// <inheritdoc/>
    public override FlowPattern Pattern => FlowPattern.Distributor;

    /// <inheritdoc/>
    protected override Matrix<T> ForwardCore(Matrix<T> input, Cache<T> cache)
    {
        Matrix<T> output = cache.Buffer(0, input.RowCount, Output.Size);
        PoolingOperations.Sum(Shape, input, output, Shape.Window.Elements);
        return output;
    }

    /// <inheritdoc/>
    protected override Matrix<T> BackwardCore(Matrix<T> upstream, Matrix<T> input, Matrix<T> output, bool isInputWanted, Cache<T> cache)
    {
        Matrix<T> downstream = cache.Buffer(1, input.RowCount, input.ColumnCount);
        PoolingOperations.SumBackward(Shape, upstream, downstream, Shape.Window.Elements);
        return downstream;
    }
}
