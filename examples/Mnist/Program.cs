using System.Diagnostics;
using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Core.Initializers;
using NeuralNet.Core.Providers;
using NeuralNet.Examples.Mnist;
using NeuralNet.Layers;
using NeuralNet.Training;
using NeuralNet.Training.Data;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Metrics;
using NeuralNet.Training.Optimizers;
using NeuralNet.Training.Schedules;

try
{
    return Options.Run(args, Train);
}
catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException or ArgumentException
    or PlatformNotSupportedException or NotFiniteNumberException)
{
    Console.Error.WriteLine($"error: {error.Message}");
    return 1;
}

static int Train(Options options)
{
    if (options.Provider is not null)
    {
        MatrixProviders.Use(options.Provider);
    }

    Console.WriteLine(MatrixProviders.Explain());
    (DataSet<float> train, DataSet<float> test) = Load(options);
    Console.WriteLine($"data: {train.Count} training and {test.Count} test images of {train.Features} pixels");

    var random = new Random(options.Seed);
    Sequential<float> net = Network(options.Layers, train.Features, train.Classes, random);
    Console.WriteLine(net.Summary());

    var batches = new BatchLoader<float>(train, options.Batch, seed: options.Seed);
    var loss = new SoftmaxCrossEntropy<float>();
    var sgd = new SGD<float>(
        net.Parameters, options.LearningRate, momentum: 0.9f, new StepDecay(every: Math.Max(1, options.Epochs / 3) * (long)batches.Count, gamma: 0.3));
    var cache = new Cache<float>();
    var lossCache = new Cache<float>();
    double chance = Math.Log(train.Classes);

    for (int epoch = 1; epoch <= options.Epochs; epoch++)
    {
        using var progress = new EpochProgress($"epoch {epoch}/{options.Epochs}", batches.Count);
        var clock = Stopwatch.StartNew();
        double sum = 0;
        foreach (Batch<float> batch in batches)
        {
            Matrix<float> logits = net.Forward(batch.Inputs, cache);
            float value = loss.Forward(logits, batch.Labels, lossCache);
            Divergence.ThrowIfNotFinite(value, sgd.Steps, cache);

            net.ZeroGradients();
            loss.Backward(lossCache, net, cache);
            sgd.Step();

            sum += value * batch.Count;
            progress.Advance();
        }

        Divergence.ThrowIfNotFinite(net, sgd.Steps);
        double mean = sum / train.Count;
        progress.Finish($"loss {mean:F6}  test accuracy {Evaluate(net, test):F4}  {clock.Elapsed.TotalSeconds:F1} s");
        if (mean > 10 * chance)
        {
            Console.Error.WriteLine(
                $"error: the training has run away: the loss of epoch {epoch} is {mean:G3}, and guessing blindly costs {chance:F2}. Lower --learning-rate, which was {options.LearningRate}.");
            return 1;
        }
    }

    Console.WriteLine($"test accuracy: {Evaluate(net, test):F4}");
    return 0;
}

static (DataSet<float> Train, DataSet<float> Test) Load(Options options)
{
    if (options.Data is not null)
    {
        return MnistFolder.Load<float>(options.Data);
    }

    Console.WriteLine("drawing digits (for the real ones, put the four IDX files of MNIST into a folder and pass --data FOLDER)");
    var digits = new DigitGenerator(options.Seed);
    return (digits.Generate(12_000), digits.Generate(2_000));
}

static Sequential<float> Network(int layers, int pixels, int classes, Random random)
{
    var he = new HeNormal();
    return layers == 2
        ? new Sequential<float>(
            new Linear<float>(pixels, 256, random, he), new ReLU<float>(),
            new Linear<float>(256, classes, random, he))
        : new Sequential<float>(
            new Linear<float>(pixels, 256, random, he), new ReLU<float>(),
            new Linear<float>(256, 128, random, he), new ReLU<float>(),
            new Linear<float>(128, classes, random, he));
}

static double Evaluate(Sequential<float> net, DataSet<float> data)
{
    var workspace = new Cache<float>(training: false);
    var accuracy = new Accuracy<float>();
    foreach (Batch<float> batch in new BatchLoader<float>(data, batchSize: 500))
    {
        accuracy.Add(net.Forward(batch.Inputs, workspace), batch.Labels);
    }

    return accuracy.Value;
}
