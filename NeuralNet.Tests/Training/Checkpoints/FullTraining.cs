using NeuralNet.Core;
using NeuralNet.Core.Randomness;
using NeuralNet.Layers;
using NeuralNet.Tests.Training.Fitting;
using NeuralNet.Training.Checkpoints;
using NeuralNet.Training.Data;
using NeuralNet.Training.Fitting;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Metrics;
using NeuralNet.Training.Optimizers;
using NeuralNet.Training.Schedules;

namespace NeuralNet.Tests.Training.Checkpoints;

/// <summary>A training with all that has a state: batch norm, dropout, AdamW in two groups, a schedule that waits for a plateau, averaged weights, early stopping, metrics.</summary>
internal sealed class FullTraining
{
    public const int StepsOfAnEpoch = 12;

    private readonly DataSet<double> _validation = Blobs.Points(40, seed: 9);
    private readonly BatchLoader<double> _batches;
    private readonly bool _prefetches;

    /// <summary>A training that has not begun.</summary>
    /// <param name="start">What the first weights are drawn from: of a training that goes on from a checkpoint, they do not matter.</param>
    /// <param name="settings">Makes the settings of checkpoints for a loader; null for none.</param>
    /// <param name="prefetches">Whether another thread prepares the batches.</param>
    public FullTraining(int start, Func<BatchLoader<double>, CheckpointSettings<double>>? settings = null, bool prefetches = false)
    {
        var random = new Random(start);
        Network = new Sequential<double>(
            new Linear<double>(2, 8, random), new BatchNorm<double>(8), new PReLU<double>(8), new Dropout<double>(0.2, new Philox(start)),
            ("last", new Linear<double>(8, 3, random)));
        _prefetches = prefetches;
        _batches = new BatchLoader<double>(Blobs.Points(StepsOfAnEpoch * 5 - 2, seed: 1), 5, seed: 4);
        LearningRateSchedule schedule = new LinearWarmup(5).Times(new ReduceOnPlateau(0.5, patience: 0, threshold: 0.05));
        var optimizer = new AdamW<double>(
            [new AdamW<double>.Group(Network.Parameters.Take(3), 0.02, weightDecay: 0.01), new AdamW<double>.Group(Network.Parameters.Skip(3), 0.01, weightDecay: 0.1)], schedule);
        Trainer = new Trainer<double, ReadOnlyMemory<int>>(Network, new SoftmaxCrossEntropy<double>(), optimizer)
        {
            TrainingMetrics = [new Accuracy<double>(), new LogLoss<double>(), new RocAuc<double>(), new F1<double>(), new ExpectedCalibrationError<double>(), new TopKAccuracy<double>(2)],
            Metrics = [new Accuracy<double>()],
            WeightAverage = new ExponentialMovingAverage<double>(Network.Parameters, 0.9, warmUp: true),
            Callbacks = [new EarlyStopping<double>(patience: 20, minimumChange: 0.01)],
            MaxGradientNorm = 1,
            Checkpoints = settings?.Invoke(_batches),
        };
    }

    public Sequential<double> Network { get; }

    public Trainer<double, ReadOnlyMemory<int>> Trainer { get; }

    /// <summary>Trains, and ends after a number of the optimiser's steps in all, if one is given.</summary>
    public TrainingHistory Fit(int epochs, long? cancelAfter = null)
    {
        using var source = new CancellationTokenSource();
        Trainer.Callbacks =
        [
            Trainer.Callbacks[0],
            new RecordingCallback(atStep: state =>
            {
                if (state.Optimizer.Steps == cancelAfter)
                {
                    source.Cancel();
                }
            }),
        ];
        IEnumerable<Batch<double>> batches = _prefetches ? _batches.Prefetch() : _batches;
        return Trainer.Fit(batches, epochs, new BatchLoader<double>(_validation, 16), cancellation: source.Token);
    }

    /// <summary>All that came of a training: weights, states, and all figures but times.</summary>
    public string Result =>
        string.Join(' ', Blobs.Weights(Network).Concat(Network.States.SelectMany(state => state.Value.AsSpan().ToArray())).Select(BitConverter.DoubleToInt64Bits))
        + string.Join('\n', Trainer.History.Epochs.Select(epoch => $"{epoch.Epoch} {epoch.Steps} {epoch.Samples} {string.Join(' ', epoch.Values.Select(value => $"{value.Name} {BitConverter.DoubleToInt64Bits(value.Value)}"))}"))
        + Trainer.History.End + Trainer.History.EndReason + Trainer.Optimizer.Steps;
}
