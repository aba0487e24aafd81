using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Core.Randomness;
using NeuralNet.Layers;
using NeuralNet.Training.Checkpoints;
using NeuralNet.Training.Data;
using NeuralNet.Training.Fitting;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Metrics;
using NeuralNet.Training.Optimizers;

namespace NeuralNet.Tests.Reliability.Training;

/// <summary>A training with a checkpoint every few steps, as a program that may be killed: started again, it goes on.</summary>
internal static class InterruptedTraining
{
    /// <summary>The first argument of the process.</summary>
    public const string Verb = "interrupted";

    private const int Epochs = 4;

    /// <summary>What the process does: trains from where it was, and writes the hash of all that came of it.</summary>
    /// <param name="arguments">Verb, folder of checkpoints, seed.</param>
    /// <returns>0; the last line is the hash.</returns>
    public static int Serve(ReadOnlySpan<string> arguments)
    {
        var settings = new CheckpointSettings<float>(arguments[1]) { EverySteps = 3, Resumes = true };
        Console.WriteLine(Run(settings, long.Parse(arguments[2], CultureInfo.InvariantCulture), new StepLine()));
        return 0;
    }

    /// <summary>Trains, from the last checkpoint or from the start.</summary>
    /// <param name="checkpoints">Where checkpoints are; null for none.</param>
    /// <param name="seed">What data and order are drawn from.</param>
    /// <param name="callbacks">Told what the training does.</param>
    /// <returns>The SHA-256 of weights, states, optimiser's states and figures.</returns>
    public static string Run(CheckpointSettings<float>? checkpoints, long seed, params TrainingCallback<float>[] callbacks)
    {
        var random = new Philox(seed);
        float[] numbers = new float[40 * 30];
        random.FillUniform<float>(numbers);
        int[] labels = [.. Enumerable.Range(0, 40).Select(i => numbers[30 * i] > 0.5f ? 1 : 0)];
        var net = new Sequential<float>(
            new Linear<float>(30, 150, random), new BatchNorm<float>(150), new ReLU<float>(), new Dropout<float>(0.3, random.Fork(1)), new Linear<float>(150, 2, random));
        var trainer = new Trainer<float, ReadOnlyMemory<int>>(net, new SoftmaxCrossEntropy<float>(), new AdamW<float>(net.Parameters, 0.01f, weightDecay: 0.1f))
        {
            TrainingMetrics = [new Accuracy<float>()],
            Callbacks = [new EarlyStopping<float>(patience: 50, monitored: EpochRecord.TrainingLossName), .. callbacks],
            WeightAverage = new ExponentialMovingAverage<float>(net.Parameters, 0.9),
            Checkpoints = checkpoints,
        };
        TrainingHistory history = trainer.Fit(new DataSet<float>(numbers, labels, 30, 2), Epochs, batchSize: 4, seed);

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (Matrix<float> values in net.Parameters.Select(named => named.Parameter.Value)
            .Concat(net.States.Select(state => state.Value)).Concat(trainer.Optimizer.States.Select(state => state.Value)))
        {
            hash.AppendData(MemoryMarshal.AsBytes(values.AsSpan()));
        }

        hash.AppendData(MemoryMarshal.AsBytes<double>(history.Epochs.SelectMany(epoch => epoch.Values).Select(value => value.Value).ToArray()));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    // By its lines, whoever kills the process knows how far it is.
    private sealed class StepLine : TrainingCallback<float>
    {
        public override void OnStep(TrainingState<float> state) => Console.WriteLine(KillPart.Step);
    }
}
