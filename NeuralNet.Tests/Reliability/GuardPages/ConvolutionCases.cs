using System.Numerics;
using NeuralNet.Core.Kernels.Convolution;
using NeuralNet.Core.Kernels.Pooling;
using NeuralNet.Core.Kernels.Simd;
using NeuralNet.Core.Shapes;

namespace NeuralNet.Tests.Reliability.GuardPages;

/// <summary>Convolutions and poolings of all shapes, forward and back.</summary>
internal static class ConvolutionCases<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The cases.</summary>
    public static IEnumerable<KernelCase> All =>
    [
        new(Named("convolution"), typeof(ConvolutionPass<>), (draws, arena) => Correlate(draws, arena, isTransposed: false)),
        new(Named("convolution back"), typeof(ConvolutionPass<>), (draws, arena) => Correlate(draws, arena, isTransposed: true)),
        new(Named("convolution's weight"), typeof(ConvolutionPass<>), AddWeightGradient),
        new(Named("max pool"), typeof(PoolingPass<,>), Pool<Yes>),
        new(Named("sum pool"), typeof(PoolingPass<,>), Pool<No>),
        new(Named("max pool back"), typeof(PoolingPass<,>), PoolBackward<Yes>),
        new(Named("sum pool back"), typeof(PoolingPass<,>), PoolBackward<No>),
    ];

    private static string Named(string name) => $"{name}<{typeof(T).Name}>";

    private static void Correlate(Draws draws, Arena arena, bool isTransposed)
    {
        (ConvolutionShape shape, int samples) = Convolution(draws);
        CorrelationPlan plan = isTransposed ? shape.Transposed : shape.Forward;
        (SampleShape source, SampleShape target) = isTransposed ? (shape.Output, shape.Input) : (shape.Input, shape.Output);
        ConvolutionPass<T>.Correlate(
            plan, arena.Numbers<T>(samples * source.Size), arena.Numbers<T>(shape.WeightRows * shape.Output.Channels),
            arena.Numbers<T>(draws.Flag("bias") ? target.Channels : 0), arena.Numbers<T>(samples * target.Size), samples);
    }

    private static void AddWeightGradient(Draws draws, Arena arena)
    {
        (ConvolutionShape shape, int samples) = Convolution(draws);
        ConvolutionPass<T>.AddWeightGradient(
            shape.Forward, arena.Numbers<T>(samples * shape.Input.Size), arena.Numbers<T>(samples * shape.Output.Size),
            arena.Numbers<T>(shape.WeightRows * shape.Output.Channels), samples);
    }

    private static void Pool<TMax>(Draws draws, Arena arena) where TMax : struct, IFlag
    {
        (PoolingShape shape, int samples) = Pooling(draws);
        PoolingPass<T, TMax>.Forward(shape, T.Zero, arena.Numbers<T>(samples * shape.Input.Size), arena.Numbers<T>(samples * shape.Output.Size), samples);
    }

    private static void PoolBackward<TMax>(Draws draws, Arena arena) where TMax : struct, IFlag
    {
        (PoolingShape shape, int samples) = Pooling(draws);
        PoolingPass<T, TMax>.Backward(
            shape, T.Zero, TMax.Value ? arena.Numbers<T>(samples * shape.Input.Size) : default, TMax.Value ? arena.Numbers<T>(samples * shape.Output.Size) : default,
            arena.Numbers<T>(samples * shape.Output.Size), arena.Numbers<T>(samples * shape.Input.Size), samples);
    }

    private static (ConvolutionShape Shape, int Samples) Convolution(Draws draws)
    {
        if (draws.Below("kind", 3) == 0)
        {
            // A kernel of 3×3 with many channels, which goes in tiles.
            var plain = new Window(3, padding: (draws.Below("padding height", 3), draws.Below("padding width", 3)));
            SampleShape image = SampleShape.Image(16 + draws.Below("inputs", 24), 3 + draws.Below("height", 5), 3 + draws.Below("width", 5));
            return (new ConvolutionShape(image, 16 + draws.Below("outputs", 10), plain), draws.Below("samples", 60));
        }

        int groups = draws.Below("groups", 8) switch { 0 => 3, 1 => 2, _ => 1 };
        int inputs = groups * (1 + draws.Below("inputs", 6)), outputs = groups * (1 + draws.Below("outputs", 30));
        (int kernelHeight, int kernelWidth) = (1 + draws.Below("kernel height", 4), 1 + draws.Below("kernel width", 5));
        (int dilationHeight, int dilationWidth) = (1 + (draws.Below("dilation height", 6) / 4), 1 + (draws.Below("dilation width", 6) / 4));
        var window = new Window(
            (kernelHeight, kernelWidth), new Extent(1 + (draws.Below("stride height", 8) / 5), 1 + (draws.Below("stride width", 8) / 5)),
            (draws.Below("padding height", 4), draws.Below("padding width", 4)), new Extent(dilationHeight, dilationWidth));
        SampleShape input = SampleShape.Image(
            inputs, ((kernelHeight - 1) * dilationHeight) + 1 + draws.Below("height", 8), ((kernelWidth - 1) * dilationWidth) + 1 + draws.Below("width", 9));
        return (new ConvolutionShape(input, outputs, window, groups), Samples(draws));
    }

    private static (PoolingShape Shape, int Samples) Pooling(Draws draws)
    {
        (int height, int width) = (1 + draws.Below("kernel height", 4), 1 + draws.Below("kernel width", 4));
        var window = new Window(
            (height, width), new Extent(1 + draws.Below("stride height", 4), 1 + draws.Below("stride width", 4)),
            (draws.Below("padding height", height), draws.Below("padding width", width)));
        return (new PoolingShape(SampleShape.Image(1 + draws.Below("channels", 9), height + draws.Below("height", 9), width + draws.Below("width", 9)), window), Samples(draws));
    }

    private static int Samples(Draws draws) => draws.Below("batch", 3) switch
    {
        0 => draws.Below("samples", 4),
        1 => draws.Below("samples", 40),
        _ => draws.Below("samples", 140),
    };
}
