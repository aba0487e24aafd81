using System.Globalization;
using NeuralNet.Core.Shapes;

namespace NeuralNet.Benchmarks.Cases;

/// <summary>A network of convolutions, its batch and its learning rate.</summary>
/// <param name="Name">For readers.</param>
/// <param name="Element">The type of the numbers.</param>
/// <param name="Batch">Samples in a batch.</param>
/// <param name="Input">The shape of a sample.</param>
/// <param name="Layers">The layers: <c>conv 8 5 2</c> is a convolution with 8 outputs, a kernel of 5 and a padding of 2; <c>pool 2</c> a max pooling; <c>linear 10</c> a linear
/// layer on the flattened sample; <c>relu</c> and <c>norm</c>, batch normalisation, have no numbers.</param>
/// <param name="Rate">Learning rate.</param>
internal sealed record ConvolutionalNetwork(string Name, Element Element, int Batch, SampleShape Input, IReadOnlyList<(string Kind, int[] Numbers)> Layers, double Rate)
{
    /// <summary>The protocol's text: <c>float 64 1x28x28 conv:8:5:2,relu,pool:2,linear:10 0.001</c>.</summary>
    public string Arguments =>
        $"{Element.Name()} {Batch} {Input.Channels}x{Input.Height}x{Input.Width} {string.Join(',', Layers.Select(layer => string.Join(':', layer.Numbers.Select(n => $"{n}").Prepend(layer.Kind))))} {Rate}";

    /// <summary>Reads the protocol's text.</summary>
    public static ConvolutionalNetwork Parse(string arguments)
    {
        string[] words = arguments.Split(' ');
        if (words.Length != 5)
        {
            throw new FormatException($"A convolutional network is 'element batch shape layers rate', got '{arguments}'.");
        }

        int[] shape = Numbers(words[2].Split('x'));
        return new ConvolutionalNetwork(
            arguments, Enum.Parse<Element>(words[0], ignoreCase: true), int.Parse(words[1], CultureInfo.InvariantCulture), SampleShape.Image(shape[0], shape[1], shape[2]),
            [.. words[3].Split(',').Select(layer => layer.Split(':')).Select(parts => (parts[0], Numbers(parts[1..])))], double.Parse(words[4], CultureInfo.InvariantCulture));
    }

    /// <summary>A training step on one batch.</summary>
    /// <param name="isInputWanted">Whether the gradient by the network's input is computed.</param>
    public Load StepLoad(bool isInputWanted)
    {
        double operations = 0, weights = 0, values = Input.Size, passes = isInputWanted ? 3 : 2;
        SampleShape shape = Input;
        foreach ((string kind, int[] numbers) in Layers)
        {
            (SampleShape next, double inner) = kind switch
            {
                "conv" => Convolved(shape, numbers),
                "pool" => (SampleShape.Image(shape.Channels, shape.Height / numbers[0], shape.Width / numbers[0]), 0.0),
                "linear" => (numbers[0], shape.Size),
                _ => (shape, 0.0),
            };
            operations += passes * 2 * Batch * inner * next.Size;
            weights += inner * next.Channels;
            values += next.Size;
            passes = inner > 0 ? 3 : passes;
            shape = next;
        }

        // What a batch passes through memory is written once forward and once back, at least; weights are read, and read and written by the update.
        return new Load(Element, operations, Element.Bytes() * ((2 * Batch * values) + (3 * weights)), Element.Bytes() * ((2 * Batch * values) + (2 * weights)));
    }

    private static (SampleShape Output, double Inner) Convolved(SampleShape input, int[] numbers)
    {
        var shape = new ConvolutionShape(input, numbers[0], new Window(numbers[1], padding: numbers[2]));
        return (shape.Output, shape.WeightRows);
    }

    private static int[] Numbers(string[] words) => [.. words.Select(word => int.Parse(word, CultureInfo.InvariantCulture))];
}
