using NeuralNet.Training.Data;
using NeuralNet.Training.Fitting;

namespace NeuralNet.Tests.Training.Fitting;

/// <summary>What a training tells while it runs, and what it costs.</summary>
[NonParallelizable]
internal sealed class TrainerProgressTests
{
    [Test]
    public void Fit_Progress_IsToldEachEpochsEnd()
    {
        List<TrainingProgress> reports = [];

        TrainingHistory history = Blobs.Trainer().Fit(Blobs.Points(100, seed: 1), epochs: 3, batchSize: 32, progress: new Listener(reports.Add));

        TrainingProgress[] ends = [.. reports.Where(report => report.CompletedEpoch is not null)];
        ends.Select(end => end.Epoch).ShouldBe([1, 2, 3]);
        ends.ShouldAllBe(end => end.Step == 4 && end.StepsPerEpoch == 4 && end.Epochs == 3);
        ends.Select(end => end.CompletedEpoch).ShouldBe(history.Epochs);
        ends.Select(end => end.Loss).ShouldBe(history.Curve("training loss"));
        ends[^1].TimeLeft.ShouldBe(TimeSpan.Zero);
        // Two more epochs of as many steps.
        ((double)ends[0].TimeLeft!.Value.Ticks).ShouldBe(2 * history.Epochs[0].Duration.Ticks, 10);
    }

    [Test]
    public void Fit_ProgressOfSlowSteps_IsToldInBetween()
    {
        List<TrainingProgress> reports = [];
        Trainer<double, ReadOnlyMemory<int>> trainer = Blobs.Trainer();
        trainer.Callbacks = [new RecordingCallback(atStep: _ => Thread.Sleep(120))];

        trainer.Fit(Uncounted(Blobs.Points(6, seed: 1)), epochs: 2, progress: new Listener(reports.Add));

        TrainingProgress[] between = [.. reports.Where(report => report.CompletedEpoch is null)];
        between.Select(report => (report.Epoch, report.Step)).ShouldBe([(1, 1), (1, 2), (1, 3), (2, 1), (2, 2), (2, 3)]);
        // How many steps there are is known from the first epoch on.
        between[0].StepsPerEpoch.ShouldBeNull();
        between[0].TimeLeft.ShouldBeNull();
        between[3].StepsPerEpoch.ShouldBe(3);
        between[3].TimeLeft.ShouldNotBeNull();
        between.ShouldAllBe(report => report.SamplesPerSecond > 0 && report.SamplesPerSecond < 2 / 0.12);
    }

    [Test]
    public void Fit_SteadySteps_AllocateNothing()
    {
        long before = 0;
        Trainer<double, ReadOnlyMemory<int>> trainer = Blobs.Trainer();
        trainer.MaxGradientNorm = 1;
        trainer.MaxGradientValue = 1;
        trainer.SafeguardInterval = 3;
        trainer.Callbacks =
        [
            new RecordingAllocation(state =>
            {
                if (state is { Epoch: 2, Step: 2 })
                {
                    before = GC.GetAllocatedBytesForCurrentThread();
                }
                else if (state is { Epoch: 2, Step: 150 })
                {
                    before = GC.GetAllocatedBytesForCurrentThread() - before;
                }
            }),
        ];

        trainer.Fit(Blobs.Points(1600, seed: 1), epochs: 2, batchSize: 10, progress: new Listener(_ => { }));

        before.ShouldBe(0);
    }

    private static IEnumerable<Batch<double>> Uncounted(DataSet<double> data)
    {
        foreach (Batch<double> batch in new BatchLoader<double>(data, 2))
        {
            yield return batch;
        }
    }

    private sealed class Listener(Action<TrainingProgress> listen) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => listen(value);
    }

    private sealed class RecordingAllocation(Action<TrainingState<double>> atStep) : TrainingCallback<double>
    {
        public override void OnStep(TrainingState<double> state) => atStep(state);
    }
}
