using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core.Shapes;
using NeuralNet.Layers;

namespace NeuralNet.Training.Onnx;

/// <content>Convolutions and poolings over sequences <c>[batch, channels, length]</c> and images <c>[batch, channels, height, width]</c>, whose sizes the model tells.</content>
internal sealed partial class OnnxImport<T>
{
    private OnnxValue<T> Convolve(OnnxNode node, OnnxArguments arguments)
    {
        (OnnxValue<T> x, SampleShape input) = PositionsOf(node, arguments, InputsOf(node, 2, 3)[0]);
        (OnnxTensor weight, OnnxTensor? bias) = WeightsOf(node, input);
        Window window = WindowOf(node, arguments, input, weight);
        long groups = arguments.Integer("group", 1);
        var layer = (Convolution<T>)Shared(node, () =>
        {
            ConvolutionShape shape = new(input, (int)weight.Dimensions[0], window, (int)Math.Clamp(groups, 0, int.MaxValue));
            ThrowIfOther(node, input.Channels / groups, weight.Dimensions[1], "channels a group");
            return new Convolution<T>(shape, MatrixOf(shape, weight, node), bias is null ? null : RowOf(bias, node));
        });
        return Placed(x with { Node = Apply(node, Over(input, layer, node), x.Node) }, layer.Output);
    }

    private OnnxValue<T> ConvolveTransposed(OnnxNode node, OnnxArguments arguments)
    {
        (OnnxValue<T> x, SampleShape input) = PositionsOf(node, arguments, InputsOf(node, 2, 3)[0]);
        (OnnxTensor weight, OnnxTensor? bias) = WeightsOf(node, input);
        Window window = WindowOf(node, arguments, input, weight);
        long groups = arguments.Integer("group", 1);
        Extent more = ExtentOf(node, input, arguments.Integers("output_padding"), 0);
        ThrowIfOther(node, input.Channels, weight.Dimensions[0], "channels");
        if (groups < 1 || input.Channels % groups != 0 || weight.Dimensions[1] > int.MaxValue / groups)
        {
            throw new InvalidDataException($"{node} of '{_name}' has {groups} groups of {weight.Dimensions[1]} outputs for {input.Channels} channels; groups divide the channels.");
        }

        var layer = (TransposedConvolution<T>)Shared(node, () =>
        {
            // Of the sizes that its shape finds; the weights are the model's.
            var sized = new TransposedConvolution<T>(
                input, (int)(weight.Dimensions[1] * groups), window.Kernel, new Random(0), window.Stride, window.Padding, more, window.Dilation, (int)groups, bias: false);
            return new TransposedConvolution<T>(sized.Shape, MatrixOf(sized.Shape, weight, node), bias is null ? null : RowOf(bias, node));
        });
        return Placed(x with { Node = Apply(node, Over(input, layer, node), x.Node) }, layer.Output);
    }

    // A layer knows its samples' sizes: the same weights over other sizes would be another one.
    private ConvolutionalLayer<T> Over(SampleShape input, ConvolutionalLayer<T> layer, OnnxNode node) => layer.Input == input ? layer : throw UsedOtherwise(node, node.Inputs[1]);

    // By nothing, as PyTorch writes it before every AveragePool.
    private OnnxValue<T> Pad(OnnxNode node, OnnxArguments arguments)
    {
        OnnxValue<T> x = InputsOf(node, 2, 4)[0];
        long[] pads = IntegersOf(node, 1, "a padding");
        return arguments.Text("mode", "constant") == "constant" && pads.All(length => length == 0)
            ? x
            : throw OnnxArguments.Unsupported(node, $"a padding of [{string.Join(", ", pads)}] is not supported, only the padding of a convolution or pooling itself is", _name);
    }

    private OnnxValue<T> PoolMaximum(OnnxNode node, OnnxArguments arguments)
    {
        arguments.Only("storage_order", 0);
        return Pool(node, arguments, (input, window) => new MaxPool<T>(input, window.Kernel, window.Stride, window.Padding));
    }

    private OnnxValue<T> PoolAverage(OnnxNode node, OnnxArguments arguments)
    {
        bool countsPadding = arguments.Integer("count_include_pad", 0) != 0;
        return Pool(node, arguments, (input, window) => new AveragePool<T>(input, window.Kernel, window.Stride, window.Padding, countsPadding));
    }

    private OnnxValue<T> Pool(OnnxNode node, OnnxArguments arguments, Func<SampleShape, Window, PoolingLayer<T>> layerOf)
    {
        (OnnxValue<T> x, SampleShape input) = PositionsOf(node, arguments, InputsOf(node, 1)[0]);
        arguments.Only("ceil_mode", 0);
        Window window = WindowOf(node, arguments, input, weight: null);
        if (window.Dilation != 1)
        {
            throw OnnxArguments.Unsupported(node, $"a dilation of {window.Dilation.For(input)} is not supported, only 1 is", _name);
        }

        PoolingLayer<T> layer = layerOf(input, window);
        return Placed(x with { Node = Apply(node, layer, x.Node) }, layer.Output);
    }

    // [batch, channels, …] → [batch, channels, 1, …].
    private OnnxValue<T> PoolAll(OnnxNode node, OnnxArguments arguments, Func<SampleShape, PoolingLayer<T>> layerOf)
    {
        (OnnxValue<T> x, SampleShape input) = PositionsOf(node, arguments, InputsOf(node, 1)[0]);
        return x with { Node = Apply(node, layerOf(input), x.Node), Axes = [input.Channels, .. input.Lengths.Select(_ => (long?)1)] };
    }

    // What a layer over positions takes: all its sizes are told.
    private (OnnxValue<T> Value, SampleShape Shape) PositionsOf(OnnxNode node, OnnxArguments arguments, OnnxValue<T> given)
    {
        OnnxValue<T> x = Straight(Computed(node, 0, given), node);
        if (node.Domain == OnnxPatterns.Domain && arguments.Integers(OnnxPatterns.SampleShape) is { } sizes)
        {
            OnnxValue<T> told = x with { Axes = [.. sizes.Select(size => (long?)size)] };
            return x.Columns is not long columns || columns == told.Columns ? (told, ShapeOf(told.Axes)) : throw Misfit(node, x, [0, .. sizes]);
        }

        return x.Axes.Length is 2 or 3 && x.Axes.All(axis => axis is > 0 and <= int.MaxValue)
            ? (x, ShapeOf(x.Axes))
            : throw OnnxArguments.Unsupported(
                node, $"an input of {x.Shape} is not supported, only [batch, channels, length] and [batch, channels, height, width] with numbers for all but the batch are", _name);
    }

    private (OnnxTensor Weight, OnnxTensor? Bias) WeightsOf(OnnxNode node, SampleShape input)
    {
        (OnnxTensor weight, OnnxTensor? bias) = (TensorOf(node, 1, "a weight"), OptionalTensorOf(node, 2, "a bias"));
        return weight.Dimensions.Length == input.Rank + 2 && weight.Dimensions.All(length => length is > 0 and <= int.MaxValue)
            ? (weight, bias)
            : throw new InvalidDataException($"{node} of '{_name}' has a weight of [{string.Join(", ", weight.Dimensions)}] for samples of {input}; expected {input.Rank + 2} axes.");
    }

    private Window WindowOf(OnnxNode node, OnnxArguments arguments, SampleShape input, OnnxTensor? weight)
    {
        if (arguments.Text("auto_pad", "NOTSET") is var automatic and not ("NOTSET" or "VALID"))
        {
            throw OnnxArguments.Unsupported(node, $"a padding of {automatic} is not supported, only one in numbers is", _name);
        }

        long[] kernel = arguments.Integers("kernel_shape")?.ToArray() ?? weight?.Dimensions[2..] ?? throw new InvalidDataException($"{node} of '{_name}' has no kernel_shape.");
        if (weight is not null && !kernel.AsSpan().SequenceEqual(weight.Dimensions.AsSpan(2)))
        {
            throw new InvalidDataException($"{node} of '{_name}' has a kernel of [{string.Join(", ", kernel)}] and a weight of [{string.Join(", ", weight.Dimensions)}].");
        }

        long[] pads = arguments.Integers("pads")?.ToArray() ?? new long[2 * input.Rank];
        if (pads.Length != 2 * input.Rank || !pads.AsSpan(0, input.Rank).SequenceEqual(pads.AsSpan(input.Rank)))
        {
            throw OnnxArguments.Unsupported(node, $"a padding of [{string.Join(", ", pads)}] is not supported, only the same at both ends of each of {input.Rank} axes is", _name);
        }

        return new Window(
            ExtentOf(node, input, kernel, 1), ExtentOf(node, input, arguments.Integers("strides"), 1), ExtentOf(node, input, pads[..input.Rank], 0),
            ExtentOf(node, input, arguments.Integers("dilations"), 1));
    }

    // A number for each axis of positions.
    private Extent ExtentOf(OnnxNode node, SampleShape input, IReadOnlyList<long>? numbers, int missing)
    {
        if (numbers is null)
        {
            return missing;
        }

        if (numbers.Count != input.Rank || numbers.Any(number => number is < 0 or > int.MaxValue))
        {
            throw new InvalidDataException($"{node} of '{_name}' has [{string.Join(", ", numbers)}] for {input.Rank} axes of positions.");
        }

        return numbers.Count == 1 ? Extent.Square((int)numbers[0]) : new Extent((int)numbers[0], (int)numbers[1]);
    }

    // The numbers of a tensor [M, C/G, …] as they lie, in columns of C/G·….
    private Matrix<T> MatrixOf(ConvolutionShape shape, OnnxTensor weight, OnnxNode node) =>
        Matrix<T>.Build.Dense(shape.WeightRows, Length(weight) / shape.WeightRows, NumbersOf(weight, node));

    private static OnnxValue<T> Placed(OnnxValue<T> value, SampleShape shape) => value with { Axes = [shape.Channels, .. shape.Lengths.Select(length => (long?)length)] };
}
