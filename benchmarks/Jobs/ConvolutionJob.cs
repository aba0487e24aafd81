using System.Numerics;
using NeuralNet.Benchmarks.Cases;
using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Core.Shapes;
using NeuralNet.Layers;

namespace NeuralNet.Benchmarks.Jobs;

/// <summary>Convolutional networks on one batch that stays in memory.</summary>
internal static class ConvolutionJob
{
    /// <summary>A training step.</summary>
    public static Job Step<T>(ConvolutionalNetwork network) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Sequential<T> model = Build<T>(network);
        var run = new TrainingRun<T>(model, network.Rate);
        Matrix<T> inputs = Matrix<T>.Build.Random(network.Batch, network.Input.Size, 1);
        int classes = model.OutputShape(network.Input)!.Value.Size;
        ReadOnlyMemory<int> labels = Enumerable.Range(0, network.Batch).Select(sample => sample % classes).ToArray();
        return new Job(() => run.Step(inputs, labels));
    }

    /// <summary>A forward and a backward pass, by input and parameters.</summary>
    public static Job Layer<T>(ConvolutionalNetwork network) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Layer<T> layer = Build<T>(network).Layers[0];
        var cache = new Cache<T>();
        Matrix<T> inputs = Matrix<T>.Build.Random(network.Batch, network.Input.Size, 1);
        Matrix<T> upstream = Matrix<T>.Build.Random(network.Batch, layer.OutputShape(network.Input)!.Value.Size, 2);
        return new Job(() =>
        {
            layer.Forward(inputs, cache);
            layer.ZeroGradients();
            layer.Backward(upstream, cache);
        });
    }

    private static Sequential<T> Build<T>(ConvolutionalNetwork network) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(1);
        return Sequential<T>.From(network.Input, network.Layers.SelectMany(layer => Make<T>(layer.Kind, layer.Numbers, random)));
    }

    private static IEnumerable<Func<SampleShape, SequentialPart<T>>> Make<T>(string kind, int[] numbers, Random random) where T : unmanaged, IFloatingPointIeee754<T> =>
        kind switch
        {
            "conv" => [shape => new Convolution<T>(shape, numbers[0], numbers[1], random, padding: numbers[2])],
            "norm" => [shape => new BatchNorm<T>(shape.Channels)],
            "relu" => [_ => new ReLU<T>()],
            "pool" => [shape => new MaxPool<T>(shape, numbers[0])],
            "linear" => [_ => new Flatten<T>(), shape => new Linear<T>(shape.Size, numbers[0], random)],
            _ => throw new FormatException($"There is no layer '{kind}'."),
        };
}
