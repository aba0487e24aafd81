using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Core.Gates;
using NeuralNet.Core.Initializers;
using NeuralNet.Layers;
using NeuralNet.Training.Losses;
using NeuralNet.Training.SanityChecking;

namespace NeuralNet.Tests.Training.SanityChecking;

/// <summary>Healthy trainings that were written when the check was done, to see how it does on what it was not made for.</summary>
internal static class MoreTrainings
{
    private static readonly SoftmaxCrossEntropy<float> Softmax = new();

    public static IReadOnlyDictionary<string, Func<int, SanityCheckReport>> Healthy { get; } = new Dictionary<string, Func<int, SanityCheckReport>>
    {
        ["one layer"] = seed => Classify(new Linear<float>(12, 3, new Random(seed)), Softmax, 10, 12, 3, seed),
        ["a hundred classes"] = seed => Classify(
            Net(seed, r => [new Linear<float>(50, 64, r, new HeNormal()), new ReLU<float>(), new Linear<float>(64, 100, r)]), Softmax, 32, 50, 100, seed, rate: 0.05),
        ["weights of classes"] = seed => Classify(Small(seed, 4), new SoftmaxCrossEntropy<float>(classWeights: [1, 2, 3, 4]), 24, 20, 4, seed),
        ["one sample"] = seed => Classify(Small(seed, 4), Softmax, 1, 20, 4, seed),
        ["one class in the batch"] = seed => SanityCheck.Run<float, ReadOnlyMemory<int>>(Small(seed, 4), Softmax, Input(8, 20, seed), Enumerable.Repeat(1, 8).ToArray()),
        ["embedding"] = seed => SanityCheck.Run<float, ReadOnlyMemory<int>>(
            Net(seed, r => [new Embedding<float>(50, 8, r), new Flatten<float>(), new Linear<float>(40, 4, r)]), Softmax, Words(seed), Labels(16, 4, seed), new() { LearningRate = 0.1 }),
        ["residual with layer norm"] = seed => Classify(
            Net(seed, r =>
            [
                new Linear<float>(10, 32, r), new Residual<float>(new Sequential<float>(new LayerNorm<float>(32), new Linear<float>(32, 32, r), new GELU<float>())),
                new Linear<float>(32, 6, r),
            ]), Softmax, 24, 10, 6, seed, rate: 0.02),
        ["counts"] = seed => SanityCheck.Run(
            Net(seed, r => [new Linear<float>(6, 32, r), new Tanh<float>(), new Linear<float>(32, 1, r), new Softplus<float>()]), new MeanSquaredError<float>(), Input(16, 6, seed),
            Words(seed).SubMatrix(0, 16, 0, 1).Map(word => word % 5), new() { LearningRate = 0.05 }),
        ["inputs as targets"] = seed => SanityCheck.Run(
            Net(seed, r => [new Linear<float>(8, 16, r), new Tanh<float>(), new Linear<float>(16, 8, r)]), new SumSquaredError<float>(), Input(12, 8, seed), Input(12, 8, seed),
            new() { LearningRate = 0.002 }),
        ["hinge"] = seed => Classify(Small(seed, 5), new MulticlassHinge<float>(), 20, 20, 5, seed),
        ["logarithms of a softmax"] = seed => Classify(
            Net(seed, r => [new Linear<float>(20, 40, r), new ReLU<float>(), new Linear<float>(40, 5, r), new LogSoftmax<float>()]), new NegativeLogLikelihood<float>(), 20, 20, 5, seed),
        ["exclusive or"] = seed => SanityCheck.Run<float, ReadOnlyMemory<int>>(
            Net(seed, r => [new Linear<float>(2, 8, r), new Tanh<float>(), new Linear<float>(8, 2, r)]), Softmax,
            Matrix<float>.Build.DenseOfArray(new float[,] { { 0, 0 }, { 0, 1 }, { 1, 0 }, { 1, 1 } }), new[] { 0, 1, 1, 0 }, new() { LearningRate = 0.2 }),
    };

    private static SanityCheckReport Classify(
        Layer<float> network, Loss<float, ReadOnlyMemory<int>> loss, int samples, int features, int classes, int seed, double? rate = null) =>
        SanityCheck.Run(network, loss, Input(samples, features, seed), Labels(samples, classes, seed), rate is double given ? new() { LearningRate = given } : null);

    private static Sequential<float> Net(int seed, Func<Random, Layer<float>[]> layers) => new(layers(new Random(seed)));

    private static Sequential<float> Small(int seed, int classes) => Net(seed, r => [new Linear<float>(20, 40, r), new ReLU<float>(), new Linear<float>(40, classes, r)]);

    private static Matrix<float> Input(int samples, int features, int seed) => Matrix<float>.Build.Random(samples, features, seed);

    private static Matrix<float> Words(int seed)
    {
        var random = new Random(seed);
        return Matrix<float>.Build.Dense(16, 5, (_, _) => random.Next(50));
    }

    private static ReadOnlyMemory<int> Labels(int samples, int classes, int seed)
    {
        int[] labels = [.. Enumerable.Range(0, samples).Select(i => i % classes)];
        new Random(seed).Shuffle(labels);
        return labels;
    }
}
