using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Core.Initializers;
using NeuralNet.Core.Operations;
using NeuralNet.Core.Shapes;

namespace NeuralNet.Layers;

/// <summary>The transpose of a convolution, which makes small samples large: each input adds its multiple of the kernel to the output, <c>s</c> positions apart,
/// <c>y[m, j] = b[m] + Σ_c Σ_{i·s − p + k·d = j} x[c, i]·w[c, m, k]</c>.</summary>
/// <remarks>
/// <para><b>Shapes.</b> X <c>[N×(C·H·W)]</c> or <c>[N×(C·T)]</c>, Y <c>[N×(M·H'·W')]</c> or <c>[N×(M·T')]</c>, with <c>H' = (H − 1)·s − 2p + d·(k − 1) + 1 + outputPadding</c>; the weight
/// <c>[(M/G·kh·kw)×C]</c>, that of the convolution from the output's shape to the input's, whose memory is PyTorch's <c>[C, M/G, kh, kw]</c>; b <c>[1×M]</c>.</para>
/// <para><b>Gradients.</b> As it is the gradient of that convolution by its input, its own gradient by the input is that convolution of dY, and the gradient by the weight is the
/// convolution's, with dY as its input and X in place of the gradient by its output; <c>db</c> sums dY.</para>
/// <para><b>Cached.</b> X, by reference. <b>Parameters.</b> <c>weight</c>, and <c>bias</c> unless it is left out; only the weight is regularised.</para>
/// <para><b>Source.</b> Zeiler, Krishnan, Taylor and Fergus (2010); Dumoulin and Visin (2016), chapter 4. <b>Threads.</b> See <see cref="Layer{T}"/>.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class TransposedConvolution<T> : ConvolutionalLayer<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>A layer with random weights and a bias of zeros.</summary>
    /// <param name="input">The shape of a sample: <c>SampleShape.Image(C, H, W)</c> or <c>SampleShape.Sequence(C, T)</c>.</param>
    /// <param name="outputs">M, output channels, 1 or more.</param>
    /// <param name="kernel">The size of the kernel, 1 or more.</param>
    /// <param name="random">The generator that the weights are drawn from.</param>
    /// <param name="stride">s, how far apart neighbouring inputs add to the output, 1 or more; null (the default) for 1.</param>
    /// <param name="padding">p, the positions that are cut off at each end of an axis, 0 or more; 0 by default.</param>
    /// <param name="outputPadding">Positions that the output has at the end beyond those, 0 or more, smaller than the stride; 0 by default. With a stride, several lengths
    /// are convolved to one; this says which of them is meant.</param>
    /// <param name="dilation">d, from one element of the kernel to the next, 1 or more; null (the default) for 1.</param>
    /// <param name="groups">G, a divisor of C and M; 1 by default.</param>
    /// <param name="bias">Whether there is a bias; by default there is.</param>
    /// <param name="initializer">How the weights are drawn, with fanIn <c>C/G·kh·kw</c> and fanOut <c>M/G·kh·kw</c>; by default <see cref="GlorotUniform"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    /// <exception cref="ArgumentException">The input is a vector, nothing is left of the output, or the groups do not divide the channels.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public TransposedConvolution(
        SampleShape input, int outputs, Extent kernel, Random random, Extent? stride = null, Extent padding = default, Extent outputPadding = default,
        Extent? dilation = null, int groups = 1, bool bias = true, Initializer? initializer = null)
        : this(input, outputs, WindowOf(kernel, stride, padding, dilation), outputPadding, groups, random, bias, initializer)
    {
    }

    /// <summary>A layer with given parameters.</summary>
    /// <param name="shape">The sizes of the convolution from this layer's output to its input.</param>
    /// <param name="weight">W <c>[(M/G·kh·kw)×C]</c>, dense; used, not copied.</param>
    /// <param name="bias">b <c>[1×M]</c>, dense; used, not copied; null (the default) for none.</param>
    /// <exception cref="ArgumentException">The shapes do not fit each other.</exception>
    public TransposedConvolution(ConvolutionShape shape, Matrix<T> weight, Matrix<T>? bias = null)
        : base(shape ?? throw new ArgumentNullException(nameof(shape)), shape.Output, shape.Input, weight, bias)
    {
    }

    private TransposedConvolution(
        SampleShape input, int outputs, Window window, Extent outputPadding, int groups, Random random, bool bias, Initializer? initializer)
        : this(new ConvolutionShape(OutputOf(input, outputs, window, outputPadding), input.Channels, window, groups), random, bias, initializer)
    {
    }

    private TransposedConvolution(ConvolutionShape shape, Random random, bool bias, Initializer? initializer)
        : this(
            shape, Drawn(shape, shape.Output.Channels / shape.Groups * shape.Window.Elements, shape.WeightRows, random, initializer),
            bias ? Matrices.Zeros<T>(1, shape.Input.Channels) : null)
    {
    }

    /// <inheritdoc/>
    public override GateDescription Description => new(
        Kind, ("input", Input.ToString()), ("outputs", Output.Channels), ("kernel", Shape.Window.Kernel.For(Input)), ("stride", Shape.Window.Stride.For(Input)),
        ("padding", Shape.Window.Padding.For(Input)), ("outputPadding", OutputPadding.For(Input)), ("dilation", Shape.Window.Dilation.For(Input)), ("groups", Shape.Groups),
        ("bias", Bias is not null));

    /// <summary>Positions that the output has at the end beyond those that the window gives.</summary>
    public Extent OutputPadding => new(
        Output.Height - (int)Length(Input.Height, Shape.Window.Kernel.Height, Shape.Window.Stride.Height, Shape.Window.Padding.Height, Shape.Window.Dilation.Height),
        Output.Width - (int)Length(Input.Width, Shape.Window.Kernel.Width, Shape.Window.Stride.Width, Shape.Window.Padding.Width, Shape.Window.Dilation.Width));

    /// <inheritdoc/>
    protected override Matrix<T> ForwardCore(Matrix<T> input, Cache<T> cache)
    {
        Matrix<T> output = cache.Buffer(0, input.RowCount, Output.Size);
        ConvolutionOperations.BackwardInput(Shape, input, Weight.Value, output, Bias?.Value);
        return output;
    }

    /// <inheritdoc/>
    protected override Matrix<T>? BackwardCore(Matrix<T> upstream, Matrix<T> input, Matrix<T> output, bool isInputWanted, Cache<T> cache)
    {
        AddGradients(upstream, input, upstream);
        if (!isInputWanted)
        {
            return null;
        }

        Matrix<T> downstream = cache.Buffer(1, input.RowCount, input.ColumnCount);
        ConvolutionOperations.Forward(Shape, upstream, Weight.Value, null, downstream);
        return downstream;
    }

    private static SampleShape OutputOf(SampleShape input, int outputs, Window window, Extent outputPadding)
    {
        const string Who = "A transposed convolution";
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, 1);
        window = window.For(input, Who);
        outputPadding = input.Rank == 1 ? new Extent(0, outputPadding.Width) : outputPadding;
        if (outputPadding.Height < 0 || outputPadding.Width < 0 || outputPadding.Height >= window.Stride.Height || outputPadding.Width >= window.Stride.Width)
        {
            throw new ArgumentOutOfRangeException(
                nameof(outputPadding), outputPadding, $"{Who} has an output padding from 0 to below its stride of {window.Stride}: that many lengths are convolved to one.");
        }

        long height = Length(input.Height, window.Kernel.Height, window.Stride.Height, window.Padding.Height, window.Dilation.Height) + outputPadding.Height;
        long width = Length(input.Width, window.Kernel.Width, window.Stride.Width, window.Padding.Width, window.Dilation.Width) + outputPadding.Width;
        if (height < 1 || width < 1)
        {
            throw new ArgumentException(
                $"{Who} of samples of {input} with a kernel of {window.Kernel} and a padding of {window.Padding} would give {height}×{width} positions: take less padding.", nameof(input));
        }

        if (height > int.MaxValue || width > int.MaxValue)
        {
            throw new ArgumentException($"{Who} of samples of {input} would give {height}×{width} positions; an axis has at most {int.MaxValue}.", nameof(input));
        }

        return input.Rank == 1 ? SampleShape.Sequence(outputs, (int)width) : SampleShape.Image(outputs, (int)height, (int)width);
    }

    private static long Length(int input, int kernel, int stride, int padding, int dilation) =>
        ((input - 1L) * stride) - (2L * padding) + ((long)dilation * (kernel - 1)) + 1;
}
