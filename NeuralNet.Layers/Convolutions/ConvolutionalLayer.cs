using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Core.Initializers;
using NeuralNet.Core.Operations;
using NeuralNet.Core.Shapes;

namespace NeuralNet.Layers;

/// <summary>What <see cref="Convolution{T}"/> and <see cref="TransposedConvolution{T}"/> share: the sizes, a weight and a bias.</summary>
/// <remarks><b>Threads.</b> See <see cref="Gate{T}"/>.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public abstract class ConvolutionalLayer<T> : Layer<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private protected ConvolutionalLayer(ConvolutionShape shape, SampleShape input, SampleShape output, Matrix<T> weight, Matrix<T>? bias)
    {
        ArgumentNullException.ThrowIfNull(weight);
        (Shape, Input, Output) = (shape, input, output);
        if (weight.RowCount != shape.WeightRows || weight.ColumnCount != shape.Output.Channels)
        {
            throw new ArgumentException($"{Kind}({Input} → {Output}) expects weight [{shape.WeightRows}×{shape.Output.Channels}], got {weight.Shape()}.", nameof(weight));
        }

        Weight = new Parameter<T>(weight);
        if (bias is null)
        {
            OwnParameters = [NamedWeight];
            return;
        }

        if (bias.RowCount != 1 || bias.ColumnCount != output.Channels)
        {
            throw new ArgumentException($"{Kind}({Input} → {Output}) expects bias [1×{output.Channels}], got {bias.Shape()}.", nameof(bias));
        }

        Bias = new Parameter<T>(bias, isRegularized: false);
        OwnParameters = [NamedWeight, new("bias", Bias)];
    }

    /// <summary>The weight, a row for each channel and element of the kernel that are summed, a column for each channel of the output of <see cref="Shape"/>; in files as PyTorch has it, such as
    /// <c>[out, in/groups, kh, kw]</c>.</summary>
    public Parameter<T> Weight { get; }

    // The memory of its columns is in the order of these axes already.
    private NamedParameter<T> NamedWeight => new("weight", Weight)
    {
        Dimensions =
        [
            Weight.Value.ColumnCount, Weight.Value.RowCount / Shape.Window.Elements,
            .. Input.Rank == 1 ? [Shape.Window.Kernel.Width] : new[] { Shape.Window.Kernel.Height, Shape.Window.Kernel.Width },
        ],
    };

    /// <summary>A number for each output channel, <c>[1×M]</c>, or null for a layer without.</summary>
    public Parameter<T>? Bias { get; }

    /// <summary>The sizes of the convolution that the weight belongs to.</summary>
    public ConvolutionShape Shape { get; }

    /// <summary>The shape of a sample of the input.</summary>
    public SampleShape Input { get; }

    /// <summary>The shape of a sample of the output: what the next layer takes.</summary>
    public SampleShape Output { get; }

    /// <inheritdoc/>
    public override SampleShape? InputShape => Input;

    /// <inheritdoc/>
    public override SampleShape? OutputShape(SampleShape? input) => Output;

    /// <summary>Kind, shapes and the settings that are not the usual ones: <c>Convolution(1×28×28 → 8×28×28, kernel 5, padding 2)</c>.</summary>
    public override string Name
    {
        get
        {
            Window window = Shape.Window;
            string stride = window.Stride == 1 ? "" : $", stride {window.Stride.For(Input)}";
            string padding = window.Padding == default ? "" : $", padding {window.Padding.For(Input)}";
            string dilation = window.Dilation == 1 ? "" : $", dilation {window.Dilation.For(Input)}";
            string groups = Shape.Groups == 1 ? "" : $", {Shape.Groups} groups";
            return $"{Kind}({Input} → {Output}, kernel {window.Kernel.For(Input)}{stride}{padding}{dilation}{groups}{(Bias is null ? ", no bias" : "")})";
        }
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<NamedParameter<T>> OwnParameters { get; }

    /// <summary>Adds the gradients by weight and bias.</summary>
    /// <param name="input">The input of the convolution of <see cref="Shape"/>, or the gradient by it.</param>
    /// <param name="output">Its output, or the gradient by it.</param>
    /// <param name="upstream">The gradient by this layer's output.</param>
    private protected void AddGradients(Matrix<T> input, Matrix<T> output, Matrix<T> upstream)
    {
        ConvolutionOperations.BackwardWeight(Shape, input, output, Weight.GradientToUpdate(out T beta), beta);
        if (Bias is not null)
        {
            ConvolutionOperations.BackwardBias(Output, upstream, Bias.GradientToUpdate(out beta), beta);
        }
    }

    /// <summary>The window that a constructor was given; refuses element types that are not served.</summary>
    private protected static Window WindowOf(Extent kernel, Extent? stride, Extent padding, Extent? dilation)
    {
        ElementType<T>.ThrowIfNotSupported();
        return new Window(kernel, stride, padding, dilation);
    }

    /// <summary>A weight drawn by an initializer.</summary>
    /// <param name="shape">The sizes.</param>
    /// <param name="fanIn">Inputs that one output is summed of.</param>
    /// <param name="fanOut">Outputs that one input reaches, where the window moves by one.</param>
    /// <param name="random">The generator.</param>
    /// <param name="initializer">How it is drawn; null for <see cref="GlorotUniform"/>.</param>
    private protected static Matrix<T> Drawn(ConvolutionShape shape, int fanIn, int fanOut, Random random, Initializer? initializer)
    {
        ArgumentNullException.ThrowIfNull(random);
        Matrix<T> weight = Matrices.Zeros<T>(shape.WeightRows, shape.Output.Channels);
        (initializer ?? new GlorotUniform()).Fill(weight.AsSpan(), fanIn, fanOut, random);
        return weight;
    }
}
