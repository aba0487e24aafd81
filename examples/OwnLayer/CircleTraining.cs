using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Layers;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Optimizers;

namespace NeuralNet.Examples.OwnLayer;

/// <summary>A small training: which points of a square lie within a circle?</summary>
internal static class CircleTraining
{
    /// <summary>Steps of a training; also the number of its last loss, the first being that of the start.</summary>
    public const int Steps = 1000;

    /// <summary>Steps at the end whose allocation is counted.</summary>
    public const int SteadySteps = 100;

    /// <summary>Trains a network of two layers from the same start and on the same points each time.</summary>
    /// <param name="first">Makes the layer 2 → 16.</param>
    /// <param name="second">Makes the layer 16 → 2.</param>
    /// <returns>The loss of each step, the first before any; and the bytes that the last ones allocated.</returns>
    public static (float[] Losses, long Bytes) Run(Func<Random, Layer<float>> first, Func<Random, Layer<float>> second)
    {
        var random = new Random(1);
        var net = new Sequential<float>(first(random), new Tanh<float>(), second(random));
        var points = Matrix<float>.Build.Dense(256, 2, (_, _) => 2 * random.NextSingle() - 1);
        int[] labels = [.. points.EnumerateRows().Select(point => point.L2Norm() < 0.7 ? 1 : 0)];
        var (loss, sgd) = (new SoftmaxCrossEntropy<float>(), new SGD<float>(net.Parameters, learningRate: 0.5f, momentum: 0.9f));
        var (cache, lossCache, losses, before) = (new Cache<float>(), new Cache<float>(), new float[Steps + 1], 0L);
        for (int step = 0; step <= Steps; step++)
        {
            before = step == Steps + 1 - SteadySteps ? GC.GetAllocatedBytesForCurrentThread() : before;
            losses[step] = loss.Forward(net.Forward(points, cache), labels, lossCache);
            net.ZeroGradients();
            loss.Backward(lossCache, net, cache);
            sgd.Step();
        }

        return (losses, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
