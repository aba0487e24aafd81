using System.Numerics;
using NeuralNet.Benchmarks.Cases;
using NeuralNet.Core;
using NeuralNet.Training.Data;
using NeuralNet.Training.Metrics;

namespace NeuralNet.Benchmarks.Jobs;

/// <summary>One pass over the shuffled training images of MNIST a run.</summary>
internal static class EpochJob
{
    private const int TestBatch = 1000;

    public static Job Create<T>(Network network, string folder) where T : unmanaged, IFloatingPointIeee754<T>
    {
        (DataSet<T> trainSet, DataSet<T> testSet) = MnistFolder.Load<T>(folder);
        var train = new BatchLoader<T>(trainSet, network.Batch, seed: 1);
        var test = new BatchLoader<T>(testSet, TestBatch);
        var run = new TrainingRun<T>(network);
        return new Job(() => Epoch(run, train), () => Score(run, test));
    }

    private static void Epoch<T>(TrainingRun<T> run, BatchLoader<T> train) where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (Batch<T> batch in train)
        {
            run.Step(batch.Inputs, batch.Labels);
        }
    }

    private static double Score<T>(TrainingRun<T> run, BatchLoader<T> test) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var workspace = new Cache<T>(training: false);
        var accuracy = new Accuracy<T>();
        foreach (Batch<T> batch in test)
        {
            accuracy.Add(run.Model.Forward(batch.Inputs, workspace), batch.Labels);
        }

        return accuracy.Value;
    }
}
