using NeuralNet.Tests.Training.Fitting;
using NeuralNet.Training.Fitting;
using NeuralNet.Training.Reports;

namespace NeuralNet.Tests.Training.Reports;

/// <summary>Histograms that are kept as a training goes on.</summary>
internal sealed class ReportRecorderTests
{
    [Test]
    public void OnEpoch_FewEpochs_KeepsAll()
    {
        ReportRecorder<double> recorder = Recorded(epochs: 5);

        recorder.Epochs.Select(epoch => epoch.Epoch).ShouldBe([1, 2, 3, 4, 5]);
        recorder.Parameters.Select(named => named.Name).ShouldBe(["0.weight", "0.bias", "2.weight", "2.bias"]);
        // 2·8, 8, 8·3 and 3 numbers.
        recorder.Epochs[4].Values.Select(histogram => histogram.Counts.Sum()).ShouldBe([16, 8, 24, 3]);
        recorder.Epochs[4].Gradients.Select(histogram => histogram.Counts.Sum()).ShouldBe([16, 8, 24, 3]);
    }

    [Test]
    public void OnEpoch_ManyEpochs_KeepsSomeAtEqualDistancesAndTheLast()
    {
        ReportRecorder<double> recorder = Recorded(epochs: 1000);

        // 128 are kept at epochs 128, 256, 512 at the latest; with every 8th there are 125.
        recorder.Epochs.Count.ShouldBeLessThanOrEqualTo(ReportRecorder<double>.MaxEpochs);
        recorder.Epochs.Count.ShouldBe(126);
        recorder.Epochs.SkipLast(1).Select(epoch => epoch.Epoch).ShouldBe(Enumerable.Range(0, 125).Select(i => 1 + (8 * i)));
        recorder.Epochs[^1].Epoch.ShouldBe(1000);
    }

    [Test]
    public void OnStart_SecondTraining_BeginsAnew()
    {
        var recorder = new ReportRecorder<double>();
        Trainer<double, ReadOnlyMemory<int>> trainer = Blobs.Trainer();
        trainer.Callbacks = [recorder];

        trainer.Fit(Blobs.Points(9, seed: 1), epochs: 4);
        trainer.Fit(Blobs.Points(9, seed: 1), epochs: 2);

        recorder.Epochs.Select(epoch => epoch.Epoch).ShouldBe([1, 2]);
    }

    [Test]
    public void OnEpoch_SameTrainingWithAndWithout_GivesTheSameWeights()
    {
        Trainer<double, ReadOnlyMemory<int>> with = Blobs.Trainer(), without = Blobs.Trainer();
        with.Callbacks = [new ReportRecorder<double>()];

        with.Fit(Blobs.Points(30, seed: 1), epochs: 3);
        without.Fit(Blobs.Points(30, seed: 1), epochs: 3);

        Blobs.Weights(with.Network).ShouldBe(Blobs.Weights(without.Network));
    }

    private static ReportRecorder<double> Recorded(int epochs)
    {
        var recorder = new ReportRecorder<double>();
        Trainer<double, ReadOnlyMemory<int>> trainer = Blobs.Trainer();
        trainer.Callbacks = [recorder];
        trainer.Fit(Blobs.Points(9, seed: 1), epochs);
        return recorder;
    }
}
