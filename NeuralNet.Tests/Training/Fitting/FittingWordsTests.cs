using NeuralNet.Core;
using NeuralNet.Training.Data;
using NeuralNet.Training.Fitting;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Metrics;

namespace NeuralNet.Tests.Training.Fitting;

/// <summary>What the parts of a training say: their refusals, their figures in words, the reasons for which it ended.</summary>
internal sealed class FittingWordsTests
{
    private static readonly DataSet<double> Data = Blobs.Points(40, seed: 1);

    [Test]
    public void Arguments_Missing_AreNamed()
    {
        Trainer<double, ReadOnlyMemory<int>> trainer = Blobs.Trainer();
        var stopping = new EarlyStopping<double>(1);
        var history = new TrainingHistory();

        Missing("network", () => _ = new Trainer<double, ReadOnlyMemory<int>>(null!, new SoftmaxCrossEntropy<double>(), trainer.Optimizer));
        Missing("loss", () => _ = new Trainer<double, ReadOnlyMemory<int>>(trainer.Network, null!, trainer.Optimizer));
        Missing("optimizer", () => _ = new Trainer<double, ReadOnlyMemory<int>>(trainer.Network, new SoftmaxCrossEntropy<double>(), null!));
        Missing("batches", () => trainer.Fit((IEnumerable<Batch<double>>)null!, epochs: 1));
        Missing("batches", () => trainer.Evaluate((IEnumerable<Batch<double>>)null!));
        Missing("values", () => _ = new EpochRecord(1, 1, 1, TimeSpan.Zero, null!));
        Missing("record", () => history.Add(null!));
        Missing("history", () => HistoryFile.WriteCsv(null!, new StringWriter()));
        Missing("writer", () => history.WriteCsv((TextWriter)null!));
        Missing("history", () => HistoryFile.WriteJsonLines(null!, new MemoryStream()));
        Missing("stream", () => history.WriteJsonLines((Stream)null!));
        Missing("state", () => stopping.OnStart(null!));
        Missing("state", () => stopping.OnEpoch(null!, Record(1)));
        Missing("record", () => stopping.OnEpoch(State(trainer), null!));

        static void Missing(string name, Action act) => Should.Throw<ArgumentNullException>(act).ParamName.ShouldBe(name);
    }

    [Test]
    public void EarlyStopping_SettingsOutOfRange_AreRefused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new EarlyStopping<double>(0)).ParamName.ShouldBe("patience");
        Should.Throw<ArgumentException>(() => new EarlyStopping<double>(1, " ")).ParamName.ShouldBe("monitored");
        Should.Throw<ArgumentOutOfRangeException>(() => new EarlyStopping<double>(1, minimumChange: -0.5)).ParamName.ShouldBe("minimumChange");
    }

    // There is nothing to be said of validation where nobody asked for its figures.
    [Test]
    public void EarlyStopping_FigureOfTheTrainingThatIsNotThere_NamesThoseThatAre()
    {
        Trainer<double, ReadOnlyMemory<int>> trainer = Blobs.Trainer();
        trainer.Callbacks = [new EarlyStopping<double>(1, "training F1")];

        Should.Throw<InvalidOperationException>(() => trainer.Fit(Data, epochs: 1)).Message
            .ShouldBe("Early stopping watches 'training F1', but the figures of an epoch are: training loss, learning rate.");
    }

    [TestCase(1, new[] { 0.5, 0.25 }, "stopped early after epoch 2: validation score was best in epoch 1 (0.5) and has not improved for 1 epoch")]
    [TestCase(2, new[] { 1 / 3.0, 0.25, 0.25 }, "stopped early after epoch 3: validation score was best in epoch 1 (0.33333) and has not improved for 2 epochs")]
    [TestCase(2, new[] { double.NaN, double.NaN }, "stopped early after epoch 2: validation score was never a number and has not improved for 2 epochs")]
    public void EarlyStopping_PatienceUsedUp_SaysWhatWasBest(int patience, double[] script, string reason)
    {
        Trainer<double, ReadOnlyMemory<int>> trainer = Blobs.Trainer();
        trainer.Metrics = [new ScriptedMetric(true, script)];
        trainer.Callbacks = [new EarlyStopping<double>(patience, "validation score")];

        trainer.Fit(Data, epochs: 9, validation: Data).EndReason.ShouldBe(reason);
    }

    [Test]
    public void Evaluation_MetricThatIsNotThere_NamesThoseThatAre()
    {
        var none = new Evaluation(3, 0.5, []);
        var two = new Evaluation(3, 0.5, [new("accuracy", 1), new("F1", 1 / 3.0)]);

        Should.Throw<ArgumentException>(() => none["recall"]).Message.ShouldBe("There is no metric 'recall'; there is none. (Parameter 'name')");
        Should.Throw<ArgumentException>(() => two["recall"]).Message.ShouldBe("There is no metric 'recall'; there are: accuracy, F1. (Parameter 'name')");
        none.ToString().ShouldBe("loss 0.5");
        two.ToString().ShouldBe("loss 0.5, accuracy 1, F1 0.3333");
    }

    [Test]
    public void History_NothingInIt_SaysSo()
    {
        var history = new TrainingHistory();

        Should.Throw<InvalidOperationException>(() => history.Last).Message.ShouldBe("No epoch was completed.");
        history.Add(new EpochRecord(1, 1, 1, TimeSpan.Zero, [new("a", 1), new("b", 2)]));
        Should.Throw<ArgumentException>(() => history.Curve("c")).Message.ShouldBe("The history has no figure 'c'; it has: a, b. (Parameter 'name')");
        Should.Throw<ArgumentException>(() => history.Last["c"]).Message.ShouldBe("Epoch 1 has no figure 'c'; it has: a, b. (Parameter 'name')");
    }

    // What is better is known of the metrics, each in its part of the names; less is better of all else.
    [TestCase("training accuracy", true)]
    [TestCase("training log loss", false)]
    [TestCase("validation accuracy", true)]
    [TestCase("validation log loss", false)]
    [TestCase("training loss", false)]
    [TestCase("learning rate", false)]
    public void State_IsHigherBetter_IsThatOfTheMetric(string name, bool expected)
    {
        Trainer<double, ReadOnlyMemory<int>> trainer = Blobs.Trainer();
        trainer.TrainingMetrics = [new LogLoss<double>(), new Accuracy<double>()];
        trainer.Metrics = [new LogLoss<double>(), new Accuracy<double>()];
        bool? seen = null;
        trainer.Callbacks = [new RecordingCallback(atEpoch: state => seen = state.IsHigherBetter(name))];

        trainer.Fit(Data, epochs: 1, validation: Data);

        seen.ShouldBe(expected);
    }

    [Test]
    public void Fit_TokenCanceledWithinTheLastEpoch_IsCanceled()
    {
        using var source = new CancellationTokenSource();
        Trainer<double, ReadOnlyMemory<int>> trainer = Blobs.Trainer();
        trainer.Callbacks = [new RecordingCallback(atStep: _ => source.Cancel())];

        TrainingHistory history = trainer.Fit(Data, epochs: 1, batchSize: 10, cancellation: source.Token);

        (history.End, history.EndReason, history.Epochs.Count).ShouldBe((TrainingEnd.Canceled, "canceled", 0));
    }

    // The weights are looked at before each step.
    [Test]
    public void Fit_SecondStepMakesAWeightInfinite_SaysWhichWeightsAreBack()
    {
        Trainer<double, ReadOnlyMemory<int>> trainer = Blobs.Trainer();
        trainer.SafeguardInterval = 1;
        trainer.Callbacks = [new RecordingCallback(atStep: state => state.Network.Parameters[0].Parameter.Value[0, 0] = state.Step == 2 ? double.PositiveInfinity : 0)];

        Should.Throw<NotFiniteNumberException>(() => trainer.Fit(Data, epochs: 1, batchSize: 10)).Message
            .ShouldEndWith(" The weights after 1 step, the last that were looked at and good, are in the network again.");
    }

    [Test]
    public void Progress_EpochOfNoTime_HasNoSpeed()
    {
        List<TrainingProgress> told = [];
        var reporter = new ProgressReporter(new Listener(told.Add), epochs: 2);

        reporter.Begin(1, steps: 1, done: 0);
        reporter.Advance(sum: 6, samples: 3);
        reporter.Complete(Record(1));

        told.Select(progress => (progress.SamplesPerSecond, progress.Loss, progress.TimeLeft)).ShouldBe([(0, 2, TimeSpan.Zero)]);
    }

    private static EpochRecord Record(int epoch) => new(epoch, 1, 3, TimeSpan.Zero, [new("validation loss", 2)]);

    private static TrainingState<double> State(Trainer<double, ReadOnlyMemory<int>> trainer) =>
        new(trainer.Network, trainer.Optimizer, new Cache<double>(), trainer.History, 1, ["validation loss"], _ => false);

    private sealed class Listener(Action<TrainingProgress> listen) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => listen(value);
    }
}
