using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Core.Gates;
using NeuralNet.Core.Initializers;
using NeuralNet.Core.Randomness;
using NeuralNet.Layers;
using NeuralNet.Training.Losses;
using NeuralNet.Training.SanityChecking;

namespace NeuralNet.Tests.Training.SanityChecking;

/// <summary>Trainings as people set them up, by a seed: healthy ones, and ones with one mistake that has a name.</summary>
internal static class Trainings
{
    /// <summary>Networks that can be trained as they are.</summary>
    public static IReadOnlyDictionary<string, Func<int, SanityCheckReport>> Healthy { get; } = new Dictionary<string, Func<int, SanityCheckReport>>
    {
        ["He, 20 → 64 → 10, N(0, 1)"] = seed => Classify(seed, Normal(seed, 32, 20), 10, r => new(He(20, 64, r), new ReLU<float>(), He(64, 10, r))),
        ["three blobs"] = seed => Blobs(seed, 32, r => new(Glorot(2, 16, r), new ReLU<float>(), Glorot(16, 3, r))),
        ["three blobs, He, few samples"] = seed => Blobs(seed, 12, r => new(He(2, 16, r), new ReLU<float>(), He(16, 3, r))),
        ["sigmoids on numbers from 0 to 1"] = seed => Classify(
            seed, Normal(seed, 20, 30).Map(x => MathF.Abs(MathF.Sin(x))), 10, r => new(Glorot(30, 40, r), new Sigmoid<float>(), Glorot(40, 10, r)), new() { LearningRate = 0.5 }),
        ["deep, He"] = seed => Classify(
            seed, Normal(seed, 24, 20), 5, r => new(He(20, 32, r), new ReLU<float>(), He(32, 32, r), new ReLU<float>(), He(32, 32, r), new ReLU<float>(), He(32, 5, r)),
            new() { LearningRate = 0.01 }),
        ["two classes, tanh"] = seed => Classify(seed, Normal(seed, 20, 8), 2, r => new(Glorot(8, 16, r), new Tanh<float>(), Glorot(16, 2, r)), new() { LearningRate = 0.05 }),
        ["last layer of zeros"] = seed => Classify(seed, Normal(seed, 16, 20), 4, r => new(Glorot(20, 24, r), new Tanh<float>(), new Linear<float>(24, 4, r, new Constant(0)))),
        ["batch norm and dropout"] = seed => Classify(
            seed, Normal(seed, 24, 16), 4, r => new(He(16, 48, r), new BatchNorm<float>(48), new ReLU<float>(), new Dropout<float>(0.1f, new Philox((ulong)seed)), Glorot(48, 4, r))),
        ["large features behind a scaling"] = seed => ScaledFeatures(seed),
        ["regression"] = seed => Regress(seed, 1, t => t, r => new(Glorot(5, 24, r), new Tanh<float>(), Glorot(24, 1, r)), new MeanSquaredError<float>(), new() { LearningRate = 0.05 }),
        ["sigmoid for targets from 0 to 1"] = seed => Regress(
            seed, 2, t => (t + 1) / 2, r => new(Glorot(5, 24, r), new Tanh<float>(), Glorot(24, 2, r), new Sigmoid<float>()), new MeanSquaredError<float>(), new() { LearningRate = 1 }),
        ["yes or no"] = seed => Regress(
            seed, 3, t => t > 0 ? 1 : 0, r => new(Glorot(5, 24, r), new Tanh<float>(), Glorot(24, 3, r)), new BinaryCrossEntropy<float>(), new() { LearningRate = 0.2 }),
    };

    /// <summary>Networks with one mistake, and a part of what must be said of it.</summary>
    public static IReadOnlyDictionary<string, (string Cause, Func<int, SanityCheckReport> Run)> Broken { get; } = new Dictionary<string, (string, Func<int, SanityCheckReport>)>
    {
        ["weights too large"] = ("start with smaller weights", seed => Plain(seed, Normal(seed, 20, 20), init: new Normal(3))),
        ["all weights equal"] = ("symmetry: all 40 columns are equal", seed => Plain(seed, Normal(seed, 20, 20), init: new Constant(0.1))),
        ["all weights zero"] = ("symmetry: all 40 columns are equal", seed => Plain(seed, Normal(seed, 20, 20), init: new Constant(0))),
        ["learning rate 100"] = ("learning rate 100: too large", seed => Plain(seed, Normal(seed, 20, 20), options: new() { LearningRate = 100 })),
        ["sigmoids, inputs from 0 to 255"] = ("scale the inputs, they run from", seed => Plain(seed, Bytes(seed, 20, 20), new Sigmoid<float>())),
        ["inputs from 0 to 255"] = ("scale the inputs, they run from", seed => Plain(seed, Bytes(seed, 20, 20))),
        ["softmax twice"] = ("the softmax is applied twice", seed => Plain(seed, Normal(seed, 20, 20), last: new Softmax<float>())),
        ["sigmoid for targets to 5"] = ("targets are outside", seed => Regress(
            seed, 1, t => 5 * t, r => new(Glorot(5, 24, r), new Tanh<float>(), Glorot(24, 1, r), new Sigmoid<float>()), new MeanSquaredError<float>())),
        ["dead units"] = ("of the ReLUs are 0 for every sample", seed => Classify(
            seed, Normal(seed, 20, 20), 10, r => new(new Linear<float>(Normal(seed, 20, 40) / 5, Matrix<float>.Build.Dense(1, 40, -50)), new ReLU<float>(), Glorot(40, 10, r)))),
        ["a gradient of the wrong sign"] = ("does not lower the loss: the gradient is wrong", seed => Plain(seed, Normal(seed, 20, 20), new WrongSign())),
        ["equal samples, other labels"] = ("have equal inputs and different targets", seed => Plain(seed, Repeated(seed))),
        ["NaN in the data"] = ("inputs have NaN or infinite entries", seed => Plain(seed, WithNaN(seed))),
        ["trained already"] = ("below chance", TrainedAlready),
        ["sigmoid twice"] = ("the sigmoid is applied twice", seed => Regress(
            seed, 3, t => t > 0 ? 1 : 0, r => new(Glorot(5, 24, r), new Tanh<float>(), Glorot(24, 3, r), new Sigmoid<float>()), new BinaryCrossEntropy<float>())),
    };

    private static SanityCheckReport Plain(
        int seed, Matrix<float> input, Layer<float>? activation = null, Initializer? init = null, Layer<float>? last = null, SanityCheckOptions? options = null) =>
        Classify(seed, input, 10, r => new Sequential<float>(
            [new Linear<float>(20, 40, r, init ?? new GlorotUniform()), activation ?? new ReLU<float>(), new Linear<float>(40, 10, r, init ?? new GlorotUniform()), .. last is null ? [] : (Layer<float>[])[last]]),
            options);

    private static SanityCheckReport Classify(int seed, Matrix<float> input, int classes, Func<Random, Sequential<float>> network, SanityCheckOptions? options = null) =>
        SanityCheck.Run(network(new Random(seed)), new SoftmaxCrossEntropy<float>(), input, Labels(seed, input.RowCount, classes), options);

    private static SanityCheckReport Blobs(int seed, int samples, Func<Random, Sequential<float>> network)
    {
        var random = new Random(seed + 1000);
        float[][] centres = [[0, 2], [2, -1], [-2, -1]];
        int[] labels = [.. Enumerable.Range(0, samples).Select(i => i % 3)];
        var points = Matrix<float>.Build.Dense(samples, 2, (i, j) => centres[labels[i]][j] + random.NextSingle() - random.NextSingle());
        return SanityCheck.Run<float, ReadOnlyMemory<int>>(network(new Random(seed)), new SoftmaxCrossEntropy<float>(), points, labels);
    }

    private static SanityCheckReport ScaledFeatures(int seed)
    {
        Matrix<float> input = Normal(seed, 24, 6).MapIndexed((_, j, x) => (x * 100 * (j + 1)) + 1000);
        var mean = Matrix<float>.Build.Dense(1, 6, 1000);
        var deviation = Matrix<float>.Build.Dense(1, 6, (_, j) => 100f * (j + 1));
        return Classify(seed, input, 3, r => new(new FeatureScaling<float>(mean, deviation), Glorot(6, 32, r), new ReLU<float>(), Glorot(32, 3, r)), new() { LearningRate = 0.05 });
    }

    private static SanityCheckReport Regress(
        int seed, int columns, Func<float, float> target, Func<Random, Sequential<float>> network, Loss<float, Matrix<float>> loss, SanityCheckOptions? options = null)
    {
        Matrix<float> input = Normal(seed, 20, 5);
        var targets = Matrix<float>.Build.Dense(20, columns, (i, j) => target(MathF.Sin(input[i, j] + (2 * input[i, j + 1]))));
        return SanityCheck.Run(network(new Random(seed)), loss, input, targets, options);
    }

    private static SanityCheckReport TrainedAlready(int seed)
    {
        Matrix<float> input = Normal(seed, 20, 20);
        ReadOnlyMemory<int> labels = Labels(seed, 20, 10);
        var random = new Random(seed);
        var network = new Sequential<float>(Glorot(20, 40, random), new ReLU<float>(), Glorot(40, 10, random));
        var sgd = new NeuralNet.Training.Optimizers.SGD<float>(network.Parameters, 0.2f);
        var loss = new SoftmaxCrossEntropy<float>();
        Cache<float> cache = new(), lossCache = new();
        for (int step = 0; step < 300; step++)
        {
            loss.Forward(network.Forward(input, cache), labels, lossCache);
            network.ZeroGradients();
            loss.Backward(lossCache, network, cache);
            sgd.Step();
        }

        return SanityCheck.Run(network, loss, input, labels);
    }

    private static Linear<float> He(int inputs, int outputs, Random random) => new(inputs, outputs, random, new HeNormal());

    private static Linear<float> Glorot(int inputs, int outputs, Random random) => new(inputs, outputs, random);

    private static Matrix<float> Normal(int seed, int rows, int columns) => Matrix<float>.Build.Random(rows, columns, seed + 500);

    private static Matrix<float> Bytes(int seed, int rows, int columns)
    {
        var random = new Random(seed + 500);
        return Matrix<float>.Build.Dense(rows, columns, (_, _) => random.Next(256));
    }

    private static Matrix<float> Repeated(int seed) => Normal(seed, 20, 20).MapIndexed((i, j, x) => i < 10 ? x : Normal(seed, 20, 20)[i - 10, j]);

    private static Matrix<float> WithNaN(int seed) => Normal(seed, 20, 20).MapIndexed((i, j, x) => i == 3 && j == 4 ? float.NaN : x);

    // Each label occurs, and the order says nothing: the second half is not labelled as the first is.
    private static ReadOnlyMemory<int> Labels(int seed, int samples, int classes)
    {
        int[] labels = [.. Enumerable.Range(0, samples).Select(i => (i + (i / classes)) % classes)];
        if (classes != 10)
        {
            new Random(seed + 2000).Shuffle(labels);
        }

        return labels;
    }

    /// <summary>A ReLU whose author turned the sign of its gradient.</summary>
    private sealed class WrongSign : Layer<float>
    {
        protected override Matrix<float> ForwardCore(Matrix<float> input, Cache<float> cache) => input.Map(x => MathF.Max(0, x));

        protected override Matrix<float>? BackwardCore(Matrix<float> upstream, Matrix<float> input, Matrix<float> output, bool isInputWanted, Cache<float> cache) =>
            upstream.MapIndexed((i, j, g) => input[i, j] > 0 ? -g : 0);
    }
}
