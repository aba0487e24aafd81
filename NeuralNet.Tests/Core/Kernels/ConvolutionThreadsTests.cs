using System.Runtime.Intrinsics;
using NeuralNet.Core;
using NeuralNet.Core.Kernels.Convolution;
using NeuralNet.Core.Kernels.Simd;
using NeuralNet.Core.Kernels.Threads;
using NeuralNet.Core.Shapes;
using NeuralNet.Tests.Core.Operations;

namespace NeuralNet.Tests.Core.Kernels;

/// <summary>Convolutions by several threads: the same bits as by one.</summary>
internal sealed unsafe class ConvolutionThreadsTests
{
    private static IEnumerable<TestCaseData> Shapes =>
    [
        new TestCaseData(new ConvolutionShape(SampleShape.Image(1, 28, 28), 8, new Window(5, padding: 2)), 64).SetArgDisplayNames("first layer"),
        new TestCaseData(new ConvolutionShape(SampleShape.Image(16, 14, 14), 24, new Window(3, padding: 1)), 100).SetArgDisplayNames("inner layer, in tiles"),
        new TestCaseData(new ConvolutionShape(SampleShape.Image(16, 14, 14), 24, new Window(5, padding: 2)), 70).SetArgDisplayNames("inner layer"),
        new TestCaseData(new ConvolutionShape(SampleShape.Image(16, 28, 28), 32, new Window(3, 2, 1)), 1).SetArgDisplayNames("one sample"),
        new TestCaseData(new ConvolutionShape(SampleShape.Sequence(32, 200), 32, new Window(5, padding: 2)), 64).SetArgDisplayNames("sequences"),
        new TestCaseData(new ConvolutionShape(SampleShape.Image(32, 14, 14), 32, new Window(3, padding: 1), 32), 64).SetArgDisplayNames("depthwise"),
    ];

    [TestCaseSource(nameof(Shapes))]
    public void Passes_AnyNumberOfThreads_GiveTheSameBits(ConvolutionShape shape, int samples)
    {
        float[][] one = Run(shape, samples, 1);
        foreach (int threads in new[] { 2, 3, 8 })
        {
            float[][] several = Run(shape, samples, threads);
            for (int i = 0; i < one.Length; i++)
            {
                several[i].AsSpan().SequenceEqual(one[i]).ShouldBeTrue($"result {i} with {threads} threads");
            }
        }
    }

    // At the width that every processor has.
    private static float[][] Run(ConvolutionShape shape, int samples, int threads)
    {
        using var pool = new WorkerPool(threads);
        var numbers = new ConvolutionLoops<float>(shape, samples: 0);
        float[] x = Numbers(samples * shape.Input.Size), g = Numbers(samples * shape.Output.Size), y = new float[g.Length], dx = new float[x.Length];
        float[] w = numbers.Weight.AsSpan().ToArray(), dw = new float[w.Length];
        bool isTiled = shape.Forward.Winograd is not null && samples > 1;
        fixed (float* pX = x, pG = g, pW = w, pY = y, pDx = dx, pDw = dw)
        {
            if (isTiled)
            {
                var tiled = new WinogradCorrelation<float, Vector128<float>, Simd128<float>>();
                tiled.Run(pool, shape.Forward, pX, pW, null, pY, samples);
                tiled.Run(pool, shape.Transposed, pG, pW, null, pDx, samples);
                new WinogradWeightGradient<float, Vector128<float>, Simd128<float>>().Run(pool, shape.Forward, pX, pG, pDw, samples);
                return [y, dx, dw];
            }

            var correlation = new Correlation<float, Vector128<float>, Simd128<float>>();
            correlation.Run(pool, shape.Forward, pX, pW, null, pY, samples);
            correlation.Run(pool, shape.Transposed, pG, pW, null, pDx, samples);
            new WeightGradient<float, Vector128<float>, Simd128<float>>().Run(pool, shape.Forward, pX, pG, pDw, samples);
        }

        return [y, dx, dw];
    }

    private static float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(i => MathF.Sin(i))];
}
