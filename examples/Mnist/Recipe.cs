using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Core.Initializers;
using NeuralNet.Core.Randomness;
using NeuralNet.Layers;
using NeuralNet.Training.Data;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Optimizers;
using NeuralNet.Training.Schedules;

namespace NeuralNet.Examples.Mnist;

/// <summary>What is trained and how, whoever runs the loop.</summary>
internal sealed class Recipe
{
    /// <summary>The names of the optimisers.</summary>
    public const string SGD = "sgd", AdamW = "adamw";

    /// <summary>The largest rates where none is given.</summary>
    public const float RateOfSGD = 0.05f, RateOfAdamW = 0.003f;

    // AdamW's, and the fraction of its steps in which the rate rises.
    private const float WeightDecay = 0.05f;
    private const double Warmup = 0.1;

    /// <summary>The recipe of some options.</summary>
    public Recipe(Options options, DataSet<float> train, DataSet<float> test)
    {
        Options = options;
        Net = Network(options, train.Features, train.Classes);
        Batches = new BatchLoader<float>(train, options.Batch, seed: options.Seed);
        TestBatches = new BatchLoader<float>(test, batchSize: 500);
        long steps = options.Epochs * (long)Batches.Count;
        Optimizer = options.Optimizer == SGD
            ? new SGD<float>(
                Net.Parameters, options.LearningRate, momentum: 0.9f,
                new StepDecay(every: Math.Max(1, options.Epochs / 3) * (long)Batches.Count, gamma: 0.3))
            : new AdamW<float>(Net.Parameters, options.LearningRate, WeightDecay, new OneCycle(steps, Warmup));
    }

    /// <summary>The options.</summary>
    public Options Options { get; }

    /// <summary>The network.</summary>
    public Sequential<float> Net { get; }

    /// <summary>Its loss.</summary>
    public SoftmaxCrossEntropy<float> Loss { get; } = new();

    /// <summary>What moves its weights.</summary>
    public Optimizer<float> Optimizer { get; }

    /// <summary>What it is trained on.</summary>
    public BatchLoader<float> Batches { get; }

    /// <summary>What it is measured on.</summary>
    public BatchLoader<float> TestBatches { get; }

    /// <summary>What is wrong with a mean loss that is much above that of guessing blindly, <c>ln(classes)</c>; null for nothing.</summary>
    public string? RunAway(int epoch, double mean)
    {
        double chance = Math.Log(Batches.Data.Classes);
        return mean <= 10 * chance ? null
            : $"the training has run away: the loss of epoch {epoch} is {mean:G3}, and guessing blindly costs {chance:F2}. Lower --learning-rate, which was {Options.LearningRate}.";
    }

    private static Sequential<float> Network(Options options, int pixels, int classes)
    {
        var random = new Random(options.Seed);
        var masks = new Philox((long)options.Seed);
        var he = new HeNormal();
        int[] widths = options.Layers == 2 ? [pixels, 256, classes] : [pixels, 256, 128, classes];
        List<Layer<float>> layers = [];
        for (int i = 0; i + 1 < widths.Length; i++)
        {
            if (i > 0)
            {
                layers.Add(new ReLU<float>());
            }

            double probability = i == 0 ? options.Dropout / 2 : options.Dropout;
            if (probability > 0)
            {
                layers.Add(new Dropout<float>(probability, masks.Fork((ulong)i)));
            }

            layers.Add(new Linear<float>(widths[i], widths[i + 1], random, he));
        }

        return new Sequential<float>(layers);
    }
}
