using System.Globalization;

namespace NeuralNet.Training.Fitting;

/// <summary>How far a training is.</summary>
/// <param name="Epoch">The epoch under way, from 1.</param>
/// <param name="Epochs">Epochs in all.</param>
/// <param name="Step">Steps of this epoch that are done.</param>
/// <param name="StepsPerEpoch">Steps of an epoch; null as long as they are not known, for batches that cannot be counted, in the first epoch.</param>
/// <param name="Loss">The mean loss of this epoch so far.</param>
/// <param name="SamplesPerSecond">Training samples a second, in this epoch so far.</param>
/// <param name="TimeLeft">Estimated time to the last step, at the speed of this epoch, without validation; null where steps are not known.</param>
/// <param name="CompletedEpoch">The figures of the epoch where this is its end; otherwise null.</param>
public readonly record struct TrainingProgress(
    int Epoch, int Epochs, long Step, long? StepsPerEpoch, double Loss, double SamplesPerSecond, TimeSpan? TimeLeft, EpochRecord? CompletedEpoch)
{
    /// <summary><c>epoch 3/10, step 120/188, loss 0.1234, 184,000 samples/s, 0:12 left</c>.</summary>
    public override string ToString()
    {
        string step = StepsPerEpoch is long steps ? $"{Step}/{steps}" : $"{Step}";
        string left = TimeLeft is TimeSpan time ? $", {Math.Floor(time.TotalMinutes):0}:{time.Seconds:00} left" : "";
        return string.Create(CultureInfo.InvariantCulture, $"epoch {Epoch}/{Epochs}, step {step}, loss {Loss:G4}, {SamplesPerSecond:N0} samples/s{left}");
    }
}
