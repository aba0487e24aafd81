using System.Diagnostics;

namespace NeuralNet.Training.Fitting;

/// <summary>Tells how far a training is, ten times a second at most and at the end of each epoch.</summary>
/// <param name="progress">Who is told; null for nobody, which costs nothing.</param>
/// <param name="epochs">Epochs in all.</param>
internal sealed class ProgressReporter(IProgress<TrainingProgress>? progress, int epochs)
{
    private static readonly long Interval = Stopwatch.Frequency / 10;

    private int _epoch;
    private long _step;
    private long _firstStep;
    private long? _stepsPerEpoch;
    private long _began;
    private long _reported;
    private double _sum;
    private long _samples;

    /// <summary>An epoch begins.</summary>
    /// <param name="epoch">Its number, from 1.</param>
    /// <param name="steps">Its steps; null where they are not known, and then those of the epoch before.</param>
    /// <param name="done">Steps of it that an earlier run has done.</param>
    public void Begin(int epoch, long? steps, long done)
    {
        _stepsPerEpoch = steps ?? (_step > 0 ? _step : null);
        (_epoch, _step, _firstStep, _sum, _samples) = (epoch, done, done, 0, 0);
        _began = _reported = Stopwatch.GetTimestamp();
    }

    /// <summary>A step is done.</summary>
    /// <param name="sum">Losses of the epoch's samples so far, added up.</param>
    /// <param name="samples">Their number.</param>
    public void Advance(double sum, long samples)
    {
        _step++;
        (_sum, _samples) = (sum, samples);
        if (progress is not null && Stopwatch.GetTimestamp() - _reported >= Interval)
        {
            Report(null);
        }
    }

    /// <summary>The epoch is done, and measured.</summary>
    /// <param name="record">Its figures.</param>
    public void Complete(EpochRecord record)
    {
        if (progress is not null)
        {
            _stepsPerEpoch = _step;
            Report(record);
        }
    }

    private void Report(EpochRecord? record)
    {
        _reported = Stopwatch.GetTimestamp();
        double seconds = record?.Duration.TotalSeconds ?? Stopwatch.GetElapsedTime(_began, _reported).TotalSeconds;
        long taken = record is null ? _step - _firstStep : _step;
        TimeSpan? left = _stepsPerEpoch is long steps && taken > 0
            ? TimeSpan.FromSeconds(seconds / taken * (((epochs - _epoch) * steps) + Math.Max(0, steps - _step)))
            : null;
        progress!.Report(new TrainingProgress(
            _epoch, epochs, _step, _stepsPerEpoch, _sum / Math.Max(1, _samples), seconds > 0 ? _samples / seconds : 0, left, record));
    }
}
