using System.Numerics;
using NeuralNet.Core;
using NeuralNet.Core.Shapes;

namespace NeuralNet.Layers;

/// <summary>What the pooling layers share: the sizes. Each channel is pooled alone.</summary>
/// <remarks><b>Threads.</b> See <see cref="Gate{T}"/>.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public abstract class PoolingLayer<T> : Layer<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private protected PoolingLayer(PoolingShape shape, SampleShape output) => (Shape, Output) = (shape, output);

    /// <summary>The sizes.</summary>
    public PoolingShape Shape { get; }

    /// <summary>The shape of a sample of the input.</summary>
    public SampleShape Input => Shape.Input;

    /// <summary>The shape of a sample of the output: what the next layer takes.</summary>
    public SampleShape Output { get; }

    /// <inheritdoc/>
    public override SampleShape? InputShape => Input;

    /// <inheritdoc/>
    public override SampleShape? OutputShape(SampleShape? input) => Output;

    /// <summary>Kind, shapes and window: <c>MaxPool(8×28×28 → 8×14×14, kernel 2, stride 2)</c>.</summary>
    private protected string NameOfWindow() =>
        $"{Kind}({Input} → {Output}, kernel {Shape.Window.Kernel.For(Input)}, stride {Shape.Window.Stride.For(Input)}{(Shape.Window.Padding == default ? "" : $", padding {Shape.Window.Padding.For(Input)}")})";

    /// <summary>A window whose stride is its size unless it is given; refuses element types that are not served.</summary>
    private protected static PoolingShape ShapeOf(SampleShape input, Extent kernel, Extent? stride, Extent padding)
    {
        ElementType<T>.ThrowIfNotSupported();
        return new PoolingShape(input, new Window(kernel, stride ?? kernel, padding));
    }

    /// <summary>The whole of a sample as one window; refuses element types that are not served.</summary>
    private protected static PoolingShape WholeOf(SampleShape input) => ShapeOf(input, new Extent(input.Height, input.Width), null, 0);
}
