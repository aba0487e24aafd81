using NeuralNet.Tests.Support;
using NeuralNet.Tests.Training.Fitting;
using NeuralNet.Training.Checkpoints;
using NeuralNet.Training.Data;
using NeuralNet.Training.Fitting;
using NeuralNet.Training.Metrics;

namespace NeuralNet.Tests.Training.Checkpoints;

/// <summary>Checkpoints of a training that cannot be written, or that do not fit the training which is to go on.</summary>
internal sealed class TrainerCheckpointErrorTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public void Fit_FolderThatVanishesAndNobodyIsTold_Fails()
    {
        Trainer<double, ReadOnlyMemory<int>> trainer = Trainer(new CheckpointSettings<double>(_folder["runs"]));
        trainer.Callbacks = [new RecordingCallback(atStep: _ => Directory.Delete(_folder["runs"], recursive: true))];

        Should.Throw<DirectoryNotFoundException>(() => Fit(trainer, epochs: 1)).Message.ShouldContain("checkpoint-000000001.safetensors' could not be written");
    }

    // What is told is that a file could not be written. A callback that fails is no matter of files.
    [Test]
    public void Fit_CallbackThatCannotBeSaved_FailsThoughSomebodyIsTold()
    {
        var told = new List<Exception>();
        Trainer<double, ReadOnlyMemory<int>> trainer = Trainer(new CheckpointSettings<double>(_folder.Path) { WriteFailed = told.Add });
        trainer.Callbacks = [new Unsaved()];

        Should.Throw<FormatException>(() => Fit(trainer, epochs: 1)).Message.ShouldBe("no state");
        told.ShouldBeEmpty();
    }

    [TestCase("run/step", "13", "13 steps of an epoch after epoch 0")]
    [TestCase("run/step", "-1", "-1 steps of an epoch after epoch 0")]
    [TestCase("run/first epoch", "-1", "0 steps of an epoch after epoch -1")]
    [TestCase("run/first epoch", "2147483648", "0 steps of an epoch after epoch 2147483648")]
    public void Fit_PlaceThatIsNone_IsRefused(string name, string text, string said)
    {
        new FullTraining(1, Settings).Fit(1);
        string newest = Directory.GetFiles(_folder.Path, "*.safetensors").Single();
        AlteredCheckpoint.Write(newest, (name, text));

        Should.Throw<InvalidDataException>(() => new FullTraining(2, Settings).Fit(2)).Message.ShouldBe($"'{newest}' says {said}, but an epoch has 12 batches.");
    }

    // Of as many columns, but of other bins, within an epoch.
    [Test]
    public void Fit_MetricWithOtherSettings_IsRefused()
    {
        Trainer<double, ReadOnlyMemory<int>> first = Trainer(Settings()), second = Trainer(Settings());
        first.TrainingMetrics = [new ExpectedCalibrationError<double>(bins: 10)];
        second.TrainingMetrics = [new ExpectedCalibrationError<double>(bins: 12)];
        using var source = new CancellationTokenSource();
        first.Callbacks = [new RecordingCallback(atStep: _ => source.Cancel())];
        Fit(first, epochs: 2, batchSize: 3, source.Token).End.ShouldBe(TrainingEnd.Canceled);

        Should.Throw<InvalidDataException>(() => Fit(second, epochs: 2, batchSize: 3)).Message.ShouldBe(
            $"'{Path.Combine(_folder.Path, "checkpoint-000000001.safetensors")}': The metric 'expected calibration error' cannot go on from 12 numbers " +
            "that are of another metric, or of one with other settings. (Parameter 'numbers')");
    }

    private static Trainer<double, ReadOnlyMemory<int>> Trainer(CheckpointSettings<double> settings)
    {
        Trainer<double, ReadOnlyMemory<int>> trainer = Blobs.Trainer();
        trainer.Checkpoints = settings;
        return trainer;
    }

    private static TrainingHistory Fit(Trainer<double, ReadOnlyMemory<int>> trainer, int epochs, int batchSize = 9, CancellationToken cancellation = default) =>
        trainer.Fit(Blobs.Points(9, seed: 1), epochs, batchSize, cancellation: cancellation);

    private CheckpointSettings<double> Settings(BatchLoader<double>? batches = null) => new(_folder.Path) { Resumes = true, Batches = batches };

    private sealed class Unsaved : TrainingCallback<double>
    {
        public override void Save(CheckpointWriter<double> checkpoint) => throw new FormatException("no state");
    }
}
