using NeuralNet.Core.Functions;
using NeuralNet.Core.Randomness;
using NeuralNet.Core.Ranks;
using NeuralNet.Layers;
using NeuralNet.Tests.Ranks;
using NeuralNet.Tests.Support;
using NeuralNet.Training.Checkpoints;
using NeuralNet.Training.Data;
using NeuralNet.Training.Fitting;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Metrics;
using NeuralNet.Training.Optimizers;

namespace NeuralNet.Tests.Training.Fitting;

/// <summary>The trainer on several ranks: the figures of one, an end of all at once, and a training that goes on where it was left.</summary>
internal sealed class TrainerRanksTests
{
    private const int Epochs = 3;

    [TestCase(2)]
    [TestCase(3)]
    public void Fit_SeveralRanks_HasTheFiguresOfOne(int ranks)
    {
        TrainingHistory alone = Fit(Make(hasStates: false), default);

        TrainingHistory[] together = ThreadRanks.Run(ranks, communicator => Fit(Make(hasStates: false, communicator), default));

        foreach (TrainingHistory history in together)
        {
            history.Names.ShouldBe(alone.Names);
            history.Epochs.Select(epoch => (epoch.Steps, epoch.Samples)).ShouldBe(alone.Epochs.Select(epoch => (epoch.Steps, epoch.Samples)));
            foreach (string name in alone.Names)
            {
                history.Curve(name).Zip(alone.Curve(name), (a, b) => Math.Abs(a - b)).Max().ShouldBeLessThan(1e-12, name);
            }
        }
    }

    // Of layers without a state, and with batch norm and dropout, whose statistics and random numbers are each rank's own.
    [TestCase(2, false)]
    [TestCase(2, true)]
    [TestCase(3, true)]
    public void Fit_CanceledWithinAnEpochAndResumed_HasTheBitsOfOneRun(int ranks, bool hasStates)
    {
        using var folder = new TemporaryFolder();
        string[] whole = Run(null, cancelAfter: null), left = Run(folder.Path, cancelAfter: 8), resumed = Run(folder.Path, cancelAfter: null);

        left.Distinct().ShouldHaveSingleItem().ShouldEndWith("Canceled after 1 epochs");
        resumed.ShouldBe(whole);
        whole.Distinct().ShouldHaveSingleItem().ShouldEndWith("Completed after 3 epochs");

        string[] Run(string? path, int? cancelAfter) => ThreadRanks.Run(ranks, communicator =>
        {
            using var source = new CancellationTokenSource();
            Trainer<double, ReadOnlyMemory<int>> trainer = Make(hasStates, communicator);
            trainer.Checkpoints = path is null ? null : new CheckpointSettings<double>(path) { Resumes = true };
            trainer.Callbacks = [new RecordingCallback(atStep: state => CancelAt(source, state.Optimizer.Steps == cancelAfter))];
            return Text(trainer, Fit(trainer, source.Token));
        });
    }

    [Test]
    public void Fit_CanceledOnOneRankBefore_TakesNoStepOnAny()
    {
        long[] steps = ThreadRanks.Run(2, communicator =>
        {
            Trainer<double, ReadOnlyMemory<int>> trainer = Make(hasStates: false, communicator);
            Fit(trainer, new CancellationToken(canceled: communicator.Rank == 1)).End.ShouldBe(TrainingEnd.Canceled);
            return trainer.Optimizer.Steps;
        });

        steps.ShouldBe([0, 0]);
    }

    // The ranks of a job cannot go on without one, so it ends all of them with what went wrong.
    [Test]
    public void Fit_Exception_AbortsTheRanksWithIt()
    {
        AggregateException all = Should.Throw<AggregateException>(() => ThreadRanks.Run(2, communicator =>
        {
            Trainer<double, ReadOnlyMemory<int>> trainer = Make(hasStates: false, communicator);
            trainer.Callbacks = [new RecordingCallback(atStep: _ => throw new FormatException("no such step"))];
            return Fit(trainer, default);
        }));

        all.InnerExceptions.Select(exception => exception.Message).ShouldBe(["FormatException: no such step", "FormatException: no such step"]);
    }

    private static void CancelAt(CancellationTokenSource source, bool isIt)
    {
        if (isIt)
        {
            source.Cancel();
        }
    }

    // 48 samples in batches of 8, and a validation in batches of 4, of which the ranks take turns.
    private static TrainingHistory Fit(Trainer<double, ReadOnlyMemory<int>> trainer, CancellationToken cancellation) => trainer.Fit(
        new BatchLoader<double>(Blobs.Points(48, seed: 1), 8, seed: 5), Epochs, new BatchLoader<double>(Blobs.Points(22, seed: 2), 4), cancellation: cancellation);

    private static Trainer<double, ReadOnlyMemory<int>> Make(bool hasStates, ICommunicator? ranks = null)
    {
        var random = new Philox(3);
        Sequential<double> network = hasStates
            ? new(new Linear<double>(2, 6, random), new BatchNorm<double>(6), new Dropout<double>(0.3, random.Fork(1)), new Linear<double>(6, 3, random))
            : new(new Linear<double>(2, 6, random), new Tanh<double>(), new Linear<double>(6, 3, random));
        return new Trainer<double, ReadOnlyMemory<int>>(network, new SoftmaxCrossEntropy<double>(), new SGD<double>(network.Parameters, 0.1, momentum: 0.9))
        {
            TrainingMetrics = [new Accuracy<double>(), new LogLoss<double>()],
            Metrics = [new Accuracy<double>()],
            Ranks = ranks,
        };
    }

    // All that came of a training, to the last bit.
    private static string Text(Trainer<double, ReadOnlyMemory<int>> trainer, TrainingHistory history)
    {
        IEnumerable<double> numbers = Blobs.Weights(trainer.Network)
            .Concat(trainer.Network.States.SelectMany(state => state.Value.ToColumnMajorArray())).Concat(history.Epochs.SelectMany(epoch => epoch.Values).Select(value => value.Value));
        return $"{string.Join(' ', numbers.Select(BitConverter.DoubleToInt64Bits))} {history.End} after {history.Epochs.Count} epochs";
    }
}
