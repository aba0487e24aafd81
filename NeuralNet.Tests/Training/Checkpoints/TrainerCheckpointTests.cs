using NeuralNet.Tests.Support;
using NeuralNet.Tests.Training.Fitting;
using NeuralNet.Training.Checkpoints;
using NeuralNet.Training.Data;
using NeuralNet.Training.Fitting;

namespace NeuralNet.Tests.Training.Checkpoints;

/// <summary>A training that was interrupted and goes on has the bits of one that was not.</summary>
internal sealed class TrainerCheckpointTests
{
    private const int Epochs = 5;

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public void Fit_WithCheckpoints_HasTheBitsOfOneWithout()
    {
        FullTraining without = new(1), with = new(1, _ => new CheckpointSettings<double>(_folder.Path) { EverySteps = 1 });
        without.Fit(Epochs);
        with.Fit(Epochs);

        with.Result.ShouldBe(without.Result);
    }

    [TestCase(1)]
    [TestCase(7)]
    [TestCase(FullTraining.StepsOfAnEpoch - 1)]
    [TestCase(FullTraining.StepsOfAnEpoch)]
    [TestCase(FullTraining.StepsOfAnEpoch + 1)]
    [TestCase((3 * FullTraining.StepsOfAnEpoch) - 1)]
    [TestCase(Epochs * FullTraining.StepsOfAnEpoch)]
    public void Fit_CancelledAfterAStepAndResumed_HasTheSameBits(int step)
    {
        FullTraining whole = new(1), first = new(1, Settings), second = new(2, Settings);
        whole.Fit(Epochs);

        TrainingHistory left = first.Fit(Epochs, cancelAfter: step);
        left.End.ShouldBe(step == Epochs * FullTraining.StepsOfAnEpoch ? TrainingEnd.Completed : TrainingEnd.Canceled);
        second.Fit(Epochs);

        second.Result.ShouldBe(whole.Result);
    }

    [Test]
    public void Fit_CancelledManyTimesWithBatchesPreparedAhead_HasTheSameBits()
    {
        FullTraining whole = new(1);
        whole.Fit(Epochs);

        string result = "";
        for (int step = 4; step < (Epochs * FullTraining.StepsOfAnEpoch) + 7; step += 7)
        {
            FullTraining part = new(step, batches => new CheckpointSettings<double>(_folder.Path) { Resumes = true, Batches = batches }, prefetches: true);
            if (step == 4)
            {
                part = new FullTraining(1, batches => new CheckpointSettings<double>(_folder.Path) { Resumes = true, Batches = batches }, prefetches: true);
            }

            part.Fit(Epochs, cancelAfter: step);
            result = part.Result;
        }

        result.ShouldBe(whole.Result);
    }

    [Test]
    public void Fit_MoreEpochsThanBefore_HasTheBitsOfAllAtOnce()
    {
        FullTraining whole = new(1), first = new(1, Settings), second = new(2, Settings);
        whole.Fit(Epochs);
        first.Fit(2);
        second.Fit(Epochs);

        second.Result.ShouldBe(whole.Result);
    }

    [Test]
    public void Fit_StoppedEarlyAndResumed_DoesNoMoreAndHasTheBest()
    {
        FullTraining first = Impatient(1), second = Impatient(2);
        first.Fit(50).End.ShouldBe(TrainingEnd.Stopped);
        second.Fit(50);

        second.Result.ShouldBe(first.Result);

        FullTraining Impatient(int start)
        {
            var training = new FullTraining(start, Settings);
            training.Trainer.Callbacks = [new EarlyStopping<double>(patience: 1, minimumChange: 0.05)];
            return training;
        }
    }

    [Test]
    public void Fit_KeepsTheLastAndTheBest()
    {
        var training = new FullTraining(1, _ => new CheckpointSettings<double>(_folder.Path) { KeepLast = 2, Best = "validation accuracy" });
        TrainingHistory history = training.Fit(Epochs);

        IReadOnlyList<double> accuracies = history.Curve("validation accuracy");
        int best = accuracies.ToList().IndexOf(accuracies.Max()) + 1;
        int[] kept = [.. new[] { best, Epochs - 1, Epochs }.Distinct().Order()];
        Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order()
            .ShouldBe(kept.Select(epoch => $"checkpoint-{epoch * FullTraining.StepsOfAnEpoch:D9}.safetensors"));
    }

    [TestCase(true, new double[] { 1, 5, 2, 3 }, 2)]
    [TestCase(false, new double[] { 4, 1, 5, 3 }, 2)]
    [TestCase(false, new double[] { double.NaN, 5, 1, 3 }, 3)]
    [TestCase(true, new double[] { 5, 5, 1, 1 }, 1)]
    public void Fit_KeepsTheBestByWhatIsBetter(bool isHigherBetter, double[] script, int best)
    {
        Trainer<double, ReadOnlyMemory<int>> trainer = Blobs.Trainer();
        trainer.Metrics = [new ScriptedMetric(isHigherBetter, script)];
        trainer.Checkpoints = new CheckpointSettings<double>(_folder.Path) { KeepLast = 1, Best = "validation score" };

        trainer.Fit(Blobs.Points(9, seed: 1), epochs: 4, batchSize: 9, validation: Blobs.Points(9, seed: 1));

        Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order().ShouldBe([$"checkpoint-{best:D9}.safetensors", "checkpoint-000000004.safetensors"]);
    }

    [Test]
    public void Fit_FolderOfAnotherTraining_IsRefused()
    {
        new FullTraining(1, Settings).Fit(1);
        var second = new FullTraining(1, _ => new CheckpointSettings<double>(_folder.Path));

        Should.Throw<InvalidOperationException>(() => second.Fit(1)).Message.ShouldBe(
            $"The folder '{_folder.Path}' holds checkpoints of a training, the newest 'checkpoint-000000012.safetensors'. Set Resumes to go on from it, or name an empty folder.");
    }

    [Test]
    public void Fit_FolderInUse_IsRefused()
    {
        using var folder = new CheckpointFolder(_folder.Path);

        Should.Throw<IOException>(() => new FullTraining(1, Settings).Fit(1)).Message.ShouldStartWith(
            $"The folder of checkpoints '{_folder.Path}' is used by another training: the file 'in-use' in it is locked.");
    }

    [Test]
    public void Fit_OtherBatches_AreRefused()
    {
        new FullTraining(1, Settings).Fit(1);
        var second = new FullTraining(1, Settings);

        Should.Throw<InvalidDataException>(() => second.Trainer.Fit(Blobs.Points(60, 1), epochs: 2, batchSize: 6, seed: 3, validation: Blobs.Points(9, 1))).Message.ShouldBe(
            $"'{Newest}' was made with batches of 5 of 58 samples, shuffled by seed 4; here it is batches of 6 of 60 samples, shuffled by seed 3.");
    }

    [Test]
    public void Fit_BatchesWithoutALoader_AreRefused() =>
        Should.Throw<ArgumentException>(() => new FullTraining(1, _ => new CheckpointSettings<double>(_folder.Path), prefetches: true).Fit(1)).Message.ShouldStartWith(
            "Checkpoints hold the place in the batches, which only a BatchLoader can say. Where batches are made of a loader's one by one, name it in Batches.");

    [Test]
    public void Fit_BestOfAFigureThatThereIsNot_IsRefused() =>
        Should.Throw<ArgumentException>(() => new FullTraining(1, _ => new CheckpointSettings<double>(_folder.Path) { Best = "F2" }).Fit(1)).Message.ShouldStartWith(
            "The best checkpoint is to be that of 'F2', but the figures of an epoch are: training loss, training accuracy,");

    [Test]
    public void Fit_DamagedCheckpoint_IsRefused()
    {
        new FullTraining(1, Settings).Fit(1);
        byte[] bytes = File.ReadAllBytes(Newest);
        bytes[^200] ^= 1;
        File.WriteAllBytes(Newest, bytes);

        Should.Throw<InvalidDataException>(() => new FullTraining(2, Settings).Fit(2)).Message.ShouldBe(
            $"'{Newest}' is damaged: its content has not the checksum that it was written with. Delete it, and the checkpoint before it is the newest.");
    }

    [Test]
    public void Fit_FolderThatVanishes_TellsAndGoesOn()
    {
        FullTraining whole = new(1);
        whole.Fit(2);
        var failures = new List<Exception>();
        var training = new FullTraining(1, _ => new CheckpointSettings<double>(_folder["runs"]) { EverySteps = 5, WriteFailed = failures.Add });
        training.Trainer.Callbacks = [training.Trainer.Callbacks[0]];
        Vanish(training.Trainer);

        training.Trainer.Fit(TheBatches(), 2, new BatchLoader<double>(Blobs.Points(40, 9), 16));

        failures.ShouldNotBeEmpty();
        failures[0].ShouldBeOfType<DirectoryNotFoundException>().Message.ShouldContain("checkpoint-000000005.safetensors' could not be written");
        training.Result.ShouldBe(whole.Result);

        void Vanish(Trainer<double, ReadOnlyMemory<int>> trainer) => trainer.Callbacks =
        [
            trainer.Callbacks[0],
            new RecordingCallback(atStep: state =>
            {
                if (state.Optimizer.Steps == 3)
                {
                    Directory.Delete(_folder["runs"], recursive: true);
                }
            }),
        ];
    }

    private static BatchLoader<double> TheBatches() => new(Blobs.Points((FullTraining.StepsOfAnEpoch * 5) - 2, seed: 1), 5, seed: 4);

    private string Newest => Directory.GetFiles(_folder.Path, "*.safetensors").Order().Last();

    private CheckpointSettings<double> Settings(BatchLoader<double> batches) => new(_folder.Path) { Resumes = true };
}
