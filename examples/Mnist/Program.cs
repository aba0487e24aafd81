using System.Diagnostics;
using NeuralNet.Core;
using NeuralNet.Core.Providers;
using NeuralNet.Examples;
using NeuralNet.Examples.Mnist;
using NeuralNet.Layers;
using NeuralNet.Layers.Saving;
using NeuralNet.Training;
using NeuralNet.Training.Data;
using NeuralNet.Training.Metrics;

try
{
    return Options.Run(args, Run);
}
catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException or ArgumentException
    or PlatformNotSupportedException or NotFiniteNumberException or InvalidOperationException)
{
    Console.Error.WriteLine($"error: {error.Message}");
    return 1;
}

static int Run(Options options)
{
    foreach ((string option, string? file) in new[] { ("--report", options.Report), ("--save", options.Save) })
    {
        if (file is not null && Usage.ProblemOfWriting(file) is string problem)
        {
            throw new IOException($"{option}: {problem}");
        }
    }

    if (options.Provider is not null)
    {
        MatrixProviders.Use(options.Provider);
    }

    Console.WriteLine(MatrixProviders.Explain());
    (DataSet<float> train, DataSet<float> test) = Load(options);
    Console.WriteLine($"data: {train.Count} training and {test.Count} test images of {train.Features} pixels");

    var recipe = new Recipe(options, train, test);
    Console.WriteLine(recipe.Net.Summary());
    if ((options.UsesTrainer ? TrainerRun.Train(recipe) : Train(recipe)) is string runAway)
    {
        Console.Error.WriteLine($"error: {runAway}");
        return 1;
    }

    if (options.Save is not null)
    {
        recipe.Net.Save(options.Save, labels: Enumerable.Range(0, train.Classes).Select(digit => $"{digit}"));
    }

    Console.WriteLine($"test accuracy: {Evaluate(recipe.Net, recipe.TestBatches):F4}");
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

// The whole loop, to be seen; TrainerRun leaves it to the library. Returns what went wrong, null for nothing.
static string? Train(Recipe recipe)
{
    var (net, loss, optimizer, batches) = (recipe.Net, recipe.Loss, recipe.Optimizer, recipe.Batches);
    var cache = new Cache<float>();
    var lossCache = new Cache<float>();
    for (int epoch = 1; epoch <= recipe.Options.Epochs; epoch++)
    {
        using var progress = new EpochProgress($"epoch {epoch}/{recipe.Options.Epochs}", batches.Count);
        long began = Stopwatch.GetTimestamp();
        double sum = 0;
        foreach (Batch<float> batch in batches)
        {
            Matrix<float> logits = net.Forward(batch.Inputs, cache);
            float value = loss.Forward(logits, batch.Labels, lossCache);
            Divergence.ThrowIfNotFinite(value, optimizer.Steps, cache);

            net.ZeroGradients();
            loss.Backward(lossCache, net, cache);
            optimizer.Step();

            sum += (double)value * batch.Count;
            progress.Advance();
        }

        Divergence.ThrowIfNotFinite(net, optimizer.Steps);
        TimeSpan duration = Stopwatch.GetElapsedTime(began);
        double mean = sum / batches.Data.Count;
        progress.Finish(mean, Evaluate(net, recipe.TestBatches), duration);
        if (recipe.RunAway(epoch, mean) is string problem)
        {
            return problem;
        }
    }

    return null;
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
