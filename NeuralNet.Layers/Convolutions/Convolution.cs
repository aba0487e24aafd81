using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Core.Initializers;
using NeuralNet.Core.Operations;
using NeuralNet.Core.Shapes;

namespace NeuralNet.Layers;

/// <summary>Convolution over the positions of a sequence or an image: <c>y[m, o] = b[m] + Σ_c Σ_k x[c, o·s − p + k·d]·w[m, c, k]</c>, with zeros outside of the image.</summary>
/// <remarks>
/// <para><b>Shapes.</b> X <c>[N×(C·H·W)]</c> or <c>[N×(C·T)]</c>, Y <c>[N×(M·H'·W')]</c> or <c>[N×(M·T')]</c>, with <c>H' = ⌊(H + 2p − d·(k − 1) − 1)/s⌋ + 1</c>; the weight W
/// <c>[(C/G·kh·kw)×M]</c>, rows in the order channel, row, column of the kernel, its memory PyTorch's <c>[M, C/G, kh, kw]</c>; b <c>[1×M]</c>. What is called a convolution
/// in this field is a cross-correlation: the kernel is not turned around. The input's shape says whether it is one of sequences (Conv1d) or images (Conv2d).</para>
/// <para><b>Groups.</b> With G groups, output channels of a group look at its input channels only; C groups are a depthwise convolution.</para>
/// <para><b>Gradients.</b> <c>dX[c, i] = Σ_m Σ_{o·s − p + k·d = i} dY[m, o]·w[m, c, k]</c>, <c>dw[m, c, k] = Σ_n Σ_o x[c, o·s − p + k·d]·dY[m, o]</c>,
/// <c>db[m] = Σ_n Σ_o dY[m, o]</c>; docs/lectures derives them.</para>
/// <para><b>Cached.</b> X, by reference. <b>Parameters.</b> <c>weight</c>, and <c>bias</c> unless it is left out; only the weight is regularised.</para>
/// <para><b>Source.</b> LeCun, Bottou, Bengio and Haffner (1998), section II; CS231n notes, "Convolutional Neural Networks". <b>Threads.</b> See <see cref="Layer{T}"/>.</para>
/// </remarks>
/// <example><c>new Convolution&lt;float&gt;(SampleShape.Image(1, 28, 28), outputs: 8, kernel: 5, random, padding: 2)</c>; the next layer takes its <c>Output</c>, or
/// <see cref="Sequential{T}.From"/> hands it on.</example>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Convolution<T> : ConvolutionalLayer<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>A layer with random weights and a bias of zeros.</summary>
    /// <param name="input">The shape of a sample: <c>SampleShape.Image(C, H, W)</c> or <c>SampleShape.Sequence(C, T)</c>.</param>
    /// <param name="outputs">M, output channels, 1 or more.</param>
    /// <param name="kernel">The size of the kernel, 1 or more: <c>3</c>, or <c>(3, 5)</c>.</param>
    /// <param name="random">The generator that the weights are drawn from.</param>
    /// <param name="stride">s, from one position of the kernel to the next, 1 or more; null (the default) for 1.</param>
    /// <param name="padding">p, the zeros at each end of an axis, 0 or more; 0 by default. <c>(kernel − 1)/2</c> keeps the size where the kernel is odd.</param>
    /// <param name="dilation">d, from one element of the kernel to the next, 1 or more; null (the default) for 1.</param>
    /// <param name="groups">G, a divisor of C and M; 1 by default.</param>
    /// <param name="bias">Whether there is a bias; by default there is. Before a batch norm it has no effect.</param>
    /// <param name="initializer">How the weights are drawn, with fanIn <c>C/G·kh·kw</c> and fanOut <c>M/G·kh·kw</c>; by default <see cref="GlorotUniform"/>. For layers before a
    /// ReLU take <see cref="HeNormal"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    /// <exception cref="ArgumentException">The input is a vector, the kernel is larger than the padded input, or the groups do not divide the channels.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public Convolution(
        SampleShape input, int outputs, Extent kernel, Random random, Extent? stride = null, Extent padding = default, Extent? dilation = null, int groups = 1,
        bool bias = true, Initializer? initializer = null)
        : this(new ConvolutionShape(input, outputs, WindowOf(kernel, stride, padding, dilation), groups), random, bias, initializer)
    {
    }

    /// <summary>A layer with given parameters.</summary>
    /// <param name="shape">The sizes.</param>
    /// <param name="weight">W <c>[(C/G·kh·kw)×M]</c>, dense; used, not copied.</param>
    /// <param name="bias">b <c>[1×M]</c>, dense; used, not copied; null (the default) for none.</param>
    /// <exception cref="ArgumentException">The shapes do not fit each other.</exception>
    public Convolution(ConvolutionShape shape, Matrix<T> weight, Matrix<T>? bias = null)
        : base(shape ?? throw new ArgumentNullException(nameof(shape)), shape.Input, shape.Output, weight, bias)
    {
    }

    private Convolution(ConvolutionShape shape, Random random, bool bias, Initializer? initializer)
        : this(
            shape, Drawn(shape, shape.WeightRows, shape.Output.Channels / shape.Groups * shape.Window.Elements, random, initializer),
            bias ? Matrices.Zeros<T>(1, shape.Output.Channels) : null)
    {
    }

    /// <inheritdoc/>
    public override GateDescription Description => new(
        Kind, ("input", Input.ToString()), ("outputs", Output.Channels), ("kernel", Shape.Window.Kernel.For(Input)), ("stride", Shape.Window.Stride.For(Input)),
        ("padding", Shape.Window.Padding.For(Input)), ("dilation", Shape.Window.Dilation.For(Input)), ("groups", Shape.Groups), ("bias", Bias is not null));

    /// <inheritdoc/>
    protected override Matrix<T> ForwardCore(Matrix<T> input, Cache<T> cache)
    {
        Matrix<T> output = cache.Buffer(0, input.RowCount, Output.Size);
        ConvolutionOperations.Forward(Shape, input, Weight.Value, Bias?.Value, output);
        return output;
    }

    /// <inheritdoc/>
    protected override Matrix<T>? BackwardCore(Matrix<T> upstream, Matrix<T> input, Matrix<T> output, bool isInputWanted, Cache<T> cache)
    {
        AddGradients(input, upstream, upstream);
        if (!isInputWanted)
        {
            return null;
        }

        Matrix<T> downstream = cache.Buffer(1, input.RowCount, input.ColumnCount);
        ConvolutionOperations.BackwardInput(Shape, upstream, Weight.Value, downstream);
        return downstream;
    }
}
