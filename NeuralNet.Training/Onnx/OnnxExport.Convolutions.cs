using NeuralNet.Core.Shapes;
using NeuralNet.Layers;

namespace NeuralNet.Training.Onnx;

/// <content>Convolutions and poolings, which work on <c>[batch, channels, length]</c> or <c>[batch, channels, height, width]</c>.</content>
internal sealed partial class OnnxExport<T>
{
    private string WriteConvolution(Convolution<T> layer, string path, string x) => WriteConvolution(layer, path, x, "Conv");

    private string WriteConvolution(TransposedConvolution<T> layer, string path, string x) =>
        WriteConvolution(layer, path, x, "ConvTranspose", OnnxAttribute.Of("output_padding", Axes(layer.Input, layer.OutputPadding)));

    private string WriteConvolution(ConvolutionalLayer<T> layer, string path, string x, string operation, params OnnxAttribute[] further)
    {
        Window window = layer.Shape.Window;
        long channels = layer.Weight.Value.ColumnCount;
        string weight = Initializer(layer.Weight.Value, [channels, layer.Weight.Value.RowCount / window.Elements, .. Axes(layer.Input, window.Kernel)]);
        string[] inputs = layer.Bias is null ? [Positions(path, x, layer.Input), weight]
            : [Positions(path, x, layer.Input), weight, Initializer(layer.Bias.Value, layer.Bias.Value.ColumnCount)];
        OnnxAttribute[] attributes = [.. AttributesOf(layer.Input, window), OnnxAttribute.Of("dilations", Axes(layer.Input, window.Dilation)), OnnxAttribute.Of("group", (long)layer.Shape.Groups), .. further];
        return Reshape(path, Add(operation, path, inputs, attributes), 0, -1);
    }

    // As in PyTorch, what stands in the padding never is the greatest.
    private string WriteMaxPool(MaxPool<T> layer, string path, string x) =>
        Reshape(path, Add("MaxPool", path, [Positions(path, x, layer.Input)], AttributesOf(layer.Input, layer.Shape.Window)), 0, -1);

    private string WriteAveragePool(AveragePool<T> layer, string path, string x) => Reshape(
        path,
        Add(
            "AveragePool", path, [Positions(path, x, layer.Input)],
            [.. AttributesOf(layer.Input, layer.Shape.Window), OnnxAttribute.Of("count_include_pad", layer.CountsPadding ? 1L : 0L)]),
        0, -1);

    private string WriteGlobalPool(PoolingLayer<T> layer, string path, string x, string operation) =>
        Reshape(path, Add(operation, path, [Positions(path, x, layer.Input)]), 0, -1);

    private static OnnxAttribute[] AttributesOf(SampleShape input, Window window)
    {
        long[] padding = Axes(input, window.Padding);
        return
        [
            OnnxAttribute.Of("kernel_shape", Axes(input, window.Kernel)), OnnxAttribute.Of("strides", Axes(input, window.Stride)), OnnxAttribute.Of("pads", [.. padding, .. padding]),
        ];
    }

    private static long[] Axes(SampleShape shape, Extent extent) => shape.Rank == 1 ? [extent.Width] : [extent.Height, extent.Width];

    private string Positions(string path, string x, SampleShape shape) => Reshape(path, x, [0, shape.Channels, .. shape.Lengths.Select(length => (long)length)]);
}
