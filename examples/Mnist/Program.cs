using System.Diagnostics;
using NeuralNet.Core;
using NeuralNet.Core.Providers;
using NeuralNet.Core.Ranks;
using NeuralNet.Examples;
using NeuralNet.Examples.Mnist;
using NeuralNet.Layers;
using NeuralNet.Layers.Saving;
using NeuralNet.Training;
using NeuralNet.Training.Data;
using NeuralNet.Training.Metrics;
using NeuralNet.Training.Ranks;

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

    // This process alone, or one of those that mpirun or srun has started; only the first of them prints.
    using ICommunicator ranks = Communicator.Start();
    if (ranks.Rank > 0)
    {
        Console.SetOut(TextWriter.Null);
    }

    if (ranks.Size > 1)
    {
        Console.WriteLine(ranks.Description);
    }

    Console.WriteLine(MatrixProviders.Explain());
    (DataSet<float> train, DataSet<float> test) = Load(options);
    Console.WriteLine($"data: {train.Count} training and {test.Count} test images of {train.Features} pixels");

    var recipe = new Recipe(options, train, test);
    Console.WriteLine(recipe.Net.Summary());
    if ((options.UsesTrainer ? TrainerRun.Train(recipe, ranks) : Train(recipe, ranks)) is string runAway)
    {
        (ranks.Rank == 0 ? Console.Error : TextWriter.Null).WriteLine($"error: {runAway}");
        return 1;
    }

    if (options.Save is not null && ranks.Rank == 0)
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
static string? Train(Recipe recipe, ICommunicator ranks)
{
    var (net, loss, optimizer, batches) = (recipe.Net, recipe.Loss, recipe.Optimizer, recipe.Batches);
    var parallel = new DataParallel<float>(ranks, net, optimizer, batches);
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
            double share = parallel.Backward(loss, lossCache, cache, batch);
            optimizer.Step();

            sum += value * share * batch.WholeCount;
            progress.Advance();
        }

        Divergence.ThrowIfNotFinite(net, optimizer.Steps);
        TimeSpan duration = Stopwatch.GetElapsedTime(began);
        double mean = parallel.Sum(sum) / batches.Data.Count;
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
