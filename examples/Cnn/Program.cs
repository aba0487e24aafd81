using System.Diagnostics;
using NeuralNet.Core;
using NeuralNet.Examples;
using NeuralNet.Examples.Cnn;
using NeuralNet.Examples.Mnist;
using NeuralNet.Layers;
using NeuralNet.Training;
using NeuralNet.Training.Data;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Metrics;
using NeuralNet.Training.Optimizers;
using NeuralNet.Training.Schedules;

const float LearningRate = 0.004f, WeightDecay = 0.05f;
const double Warmup = 0.2, Expected = 0.98;
try
{
    return Options.Run(args, Run);
}
catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException or ArgumentException or NotFiniteNumberException)
{
    Console.Error.WriteLine($"error: {error.Message}");
    return 1;
}

static int Run(Options options)
{
    if (options.Picture is not null && Usage.ProblemOfWriting(options.Picture) is string problem)
    {
        throw new IOException($"--picture: {problem}");
    }

    (DataSet<float> train, DataSet<float> test) = Load(options);
    Console.WriteLine($"data: {train.Count} training and {test.Count} test images of {train.Features} pixels");
    var network = new DigitNetwork(options.Seed, train.Classes);
    Console.WriteLine(network.Net.Summary());
    var testBatches = new BatchLoader<float>(test, batchSize: 500);
    Train(options, network.Net, new BatchLoader<float>(train, batchSize: 64, seed: options.Seed), testBatches);

    var answers = new FilterAnswers(network, test);
    answers.Print(Console.Out);
    if (options.Picture is not null)
    {
        FilterPicture.Write(options.Picture, answers);
        Console.WriteLine($"the filters and what they answer to are in {options.Picture}");
    }

    double accuracy = Evaluate(network.Net, testBatches);
    Console.WriteLine($"test accuracy: {accuracy:F4}");
    if (options.Data is null && !(accuracy >= Expected))
    {
        Console.Error.WriteLine($"error: the accuracy on drawn digits should be {Expected} or more, and is {accuracy:F4} after {options.Epochs} epochs.");
        return 1;
    }

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
    return (digits.Generate(6_000), digits.Generate(2_000));
}

static void Train(Options options, Sequential<float> net, BatchLoader<float> batches, BatchLoader<float> testBatches)
{
    var loss = new SoftmaxCrossEntropy<float>();
    var optimizer = new AdamW<float>(net.Parameters, LearningRate, WeightDecay, new OneCycle(options.Epochs * (long)batches.Count, Warmup));
    var cache = new Cache<float>();
    var lossCache = new Cache<float>();
    for (int epoch = 1; epoch <= options.Epochs; epoch++)
    {
        using var progress = new EpochProgress($"epoch {epoch}/{options.Epochs}", batches.Count);
        long began = Stopwatch.GetTimestamp();
        double sum = 0;
        foreach (Batch<float> batch in batches)
        {
            float value = loss.Forward(net.Forward(batch.Inputs, cache), batch.Labels, lossCache);
            Divergence.ThrowIfNotFinite(value, optimizer.Steps, cache);
            net.ZeroGradients();
            loss.Backward(lossCache, net, cache);
            optimizer.Step();
            sum += (double)value * batch.Count;
            progress.Advance();
        }

        TimeSpan duration = Stopwatch.GetElapsedTime(began);
        progress.Finish(sum / batches.Data.Count, Evaluate(net, testBatches), duration);
    }
}

static double Evaluate(Sequential<float> net, BatchLoader<float> batches)
{
    var workspace = new Cache<float>(training: false);
    var accuracy = new Accuracy<float>();
    foreach (Batch<float> batch in batches)
    {
        accuracy.Add(net.Forward(batch.Inputs, workspace), batch.Labels);
    }

    return accuracy.Value;
}
