using System.Runtime.InteropServices;
using System.Security.Cryptography;
using NeuralNet.Core.Functions;
using NeuralNet.Core.Randomness;
using NeuralNet.Core.Ranks;
using NeuralNet.Layers;
using NeuralNet.Training.Checkpoints;
using NeuralNet.Training.Data;
using NeuralNet.Training.Fitting;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Metrics;
using NeuralNet.Training.Optimizers;

namespace NeuralNet.Tests.Ranks;

/// <summary>A training of the library's trainer over several ranks, with everything that it has, that can be killed and started again.</summary>
internal static class RankTrainer
{
    /// <summary>The line that rank 0 writes after each step.</summary>
    public const string Step = "step";

    private const int Epochs = 4;

    /// <summary>Trains, and writes the number of the rank and what came of it.</summary>
    public static void Run(ICommunicator ranks, string[] arguments) => Console.WriteLine($"rank {ranks.Rank} {Train(ranks, arguments)}");

    /// <summary>Trains, from the last checkpoint or from the start.</summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="arguments">A folder of checkpoints, or "none"; then "stop", where a callback of rank 0 is to end the training, or "slow".</param>
    /// <returns>How it ended, and the hash of all that came of it.</returns>
    public static string Train(ICommunicator ranks, string[] arguments)
    {
        var random = new Philox(4);
        float[] numbers = new float[47 * 30];
        random.FillUniform<float>(numbers);
        int[] labels = [.. Enumerable.Range(0, 47).Select(i => numbers[30 * i] > 0.5f ? 1 : 0)];
        var net = new Sequential<float>(
            new Linear<float>(30, 150, random), new BatchNorm<float>(150), new ReLU<float>(), new Dropout<float>(0.3, random.Fork(1)), new Linear<float>(150, 2, random));
        var data = new DataSet<float>(numbers, labels, 30, 2);
        var trainer = new Trainer<float, ReadOnlyMemory<int>>(net, new SoftmaxCrossEntropy<float>(), new AdamW<float>(net.Parameters, 0.01f, weightDecay: 0.1f))
        {
            Metrics = [new Accuracy<float>(), new RocAuc<float>()],
            TrainingMetrics = [new Accuracy<float>()],
            Callbacks = [new EarlyStopping<float>(patience: 50, monitored: EpochRecord.TrainingLossName), new StepLine(arguments.Contains("stop"), arguments.Contains("slow"))],
            WeightAverage = new ExponentialMovingAverage<float>(net.Parameters, 0.9),
            MaxGradientNorm = 5,
            Ranks = ranks,
            Checkpoints = arguments[0] == "none" ? null : new CheckpointSettings<float>(arguments[0]) { EverySteps = 3, Resumes = true },
        };
        TrainingHistory history = trainer.Fit(data, Epochs, batchSize: 8, seed: 6, validation: data);

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (Matrix<float> values in net.Parameters.Select(named => named.Parameter.Value)
            .Concat(net.States.Select(state => state.Value)).Concat(trainer.Optimizer.States.Select(state => state.Value)))
        {
            hash.AppendData(MemoryMarshal.AsBytes(NeuralNet.Core.MatrixExtensions.AsSpan(values)));
        }

        hash.AppendData(MemoryMarshal.AsBytes<double>(history.Epochs.SelectMany(epoch => epoch.Values).Select(value => value.Value).ToArray()));
        return $"{history.End} {history.EndReason} hash {Convert.ToHexStringLower(hash.GetHashAndReset())}";
    }

    private sealed class StepLine(bool stops, bool isSlow) : TrainingCallback<float>
    {
        public override bool IsForFirstRankOnly => true;

        public override void OnStep(TrainingState<float> state)
        {
            Console.WriteLine(Step);
            if (isSlow)
            {
                Thread.Sleep(5);
            }

            if (stops && state is { Epoch: 2, Step: 3 })
            {
                state.Stop("enough");
            }
        }
    }
}
