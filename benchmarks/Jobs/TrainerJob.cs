using System.Diagnostics;
using NeuralNet.Benchmarks.Cases;
using NeuralNet.Benchmarks.Measuring;
using NeuralNet.Training.Data;
using NeuralNet.Training.Fitting;

namespace NeuralNet.Benchmarks.Jobs;

/// <summary>The same epochs by a loop written by hand and by the trainer, in alternation.</summary>
internal static class TrainerJob
{
    private const int Steps = 200;
    private const int EpochsPerBlock = 5;

    /// <summary>Median time of the trainer's epochs over that of the loop's.</summary>
    /// <param name="network">A network for classification, in float.</param>
    /// <param name="rounds">Blocks of each.</param>
    public static double Ratio(Network network, int rounds)
    {
        BatchLoader<float> batches = Random(network);
        var byHand = new TrainingRun<float>(network);
        var fitted = new TrainingRun<float>(network);
        var trainer = Trainer.For(fitted.Model, fitted.CrossEntropy, fitted.Optimizer);
        List<double> loop = [], fit = [];
        for (int round = 0; round < rounds; round++)
        {
            loop.AddRange(Enumerable.Range(0, EpochsPerBlock).Select(_ => Epoch(byHand, batches)).Skip(1).ToArray());
            fit.AddRange(trainer.Fit(batches, EpochsPerBlock).Epochs.Skip(1).Select(epoch => epoch.Duration.TotalSeconds));
        }

        return Statistics.Median(fit) / Statistics.Median(loop);
    }

    // With what everybody's loop does beside the step: the mean loss.
    private static double Epoch(TrainingRun<float> run, BatchLoader<float> batches)
    {
        long start = Stopwatch.GetTimestamp();
        double sum = 0;
        foreach (Batch<float> batch in batches)
        {
            sum += run.Step(batch.Inputs, batch.Labels) * batch.Count;
        }

        return double.IsFinite(sum) ? Stopwatch.GetElapsedTime(start).TotalSeconds : throw new InvalidOperationException("The loop's loss is not finite.");
    }

    private static BatchLoader<float> Random(Network network)
    {
        var random = new Random(1);
        int count = Steps * network.Batch;
        float[] samples = [.. Enumerable.Range(0, count * network.Sizes[0]).Select(_ => random.NextSingle())];
        int[] labels = [.. Enumerable.Range(0, count).Select(_ => random.Next(network.Sizes[^1]))];
        return new BatchLoader<float>(new DataSet<float>(samples, labels, network.Sizes[0], network.Sizes[^1]), network.Batch, seed: 1);
    }
}
