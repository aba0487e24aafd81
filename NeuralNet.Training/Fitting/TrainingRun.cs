using System.Diagnostics;
using System.Numerics;
using NeuralNet.Core;
using NeuralNet.Core.Ranks;
using NeuralNet.Training.Data;
using NeuralNet.Training.Metrics;
using NeuralNet.Training.Optimizers;
using NeuralNet.Training.Ranks;
using NeuralNet.Training.Schedules;

namespace NeuralNet.Training.Fitting;

/// <summary>One call of <see cref="Trainer{T, TTarget}.Fit(IEnumerable{Batch{T}}, int, IEnumerable{Batch{T}}?, IProgress{TrainingProgress}?, CancellationToken)"/>: the
/// epochs, with what stands around their steps.</summary>
internal sealed class TrainingRun<T, TTarget> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Trainer<T, TTarget> _trainer;
    private readonly Evaluator<T, TTarget> _evaluator;
    private readonly TrainingState<T> _state;
    private readonly Safeguard<T> _safeguard;
    private readonly TrainingStep<T, TTarget> _step;
    private readonly ProgressReporter _progress;
    private readonly ReduceOnPlateau[] _plateaus;
    private readonly IEnumerable<Batch<T>>? _validation;
    private readonly CancellationToken _cancellation;
    private readonly DataParallel<T>? _parallel;
    private readonly TrainingCallback<T>[] _callbacks;
    private TrainingCheckpoints<T, TTarget>? _checkpoints;

    // Whether the ranks have agreed to end.
    private bool _isEndAgreed;

    // How far the epoch under way is; null between epochs.
    private TrainingPlace? _place;

    /// <summary>A run that has not begun.</summary>
    public TrainingRun(
        Trainer<T, TTarget> trainer, Evaluator<T, TTarget> evaluator, TrainingHistory history, int epochs,
        IEnumerable<Batch<T>>? validation, IProgress<TrainingProgress>? progress, DataParallel<T>? parallel, CancellationToken cancellation)
    {
        (_trainer, _evaluator, _validation, _cancellation, _parallel) = (trainer, evaluator, validation, cancellation, parallel);
        _callbacks = [.. trainer.Callbacks.Where(callback => parallel is null || parallel.IsFirst || !callback.IsForFirstRankOnly)];
        _state = new TrainingState<T>(trainer.Network, trainer.Optimizer, new Cache<T>(), history, epochs, Figures(), IsHigherBetter);
        _safeguard = new Safeguard<T>(trainer.Network, trainer.Optimizer, _state.Cache, trainer.WeightAverage, trainer.SafeguardInterval);
        _plateaus = [.. Plateaus(trainer.Optimizer.Schedule)];
        _step = new TrainingStep<T, TTarget>(trainer, _state, _safeguard, _callbacks, parallel);
        _progress = new ProgressReporter(progress, epochs);
    }

    /// <summary>That an epoch has no batches.</summary>
    public static ArgumentException NoBatches(string name) => new("An epoch has no batches.", name);

    /// <summary>Trains.</summary>
    public void Run(IEnumerable<Batch<T>> batches)
    {
        using TrainingCheckpoints<T, TTarget>? checkpoints = _trainer.Checkpoints is { } settings ? new(_trainer, settings, _state, batches, _callbacks, _parallel) : null;
        _checkpoints = checkpoints;
        foreach (TrainingCallback<T> callback in _callbacks)
        {
            callback.OnStart(_state);
        }

        if (checkpoints?.Restore() is TrainingPlace place)
        {
            _state.Epoch = _state.History.Epochs.Count;
            _place = place.Step > 0 ? place : null;
        }

        AgreeOnEnd();
        while (_state.Epoch < _state.Epochs && !IsOver && RunEpoch(batches) is { } epoch)
        {
            Complete(epoch);
            AgreeOnEnd();
            _place = null;
            checkpoints?.OnEpoch();
        }

        checkpoints?.OnEnd(_place);
        _trainer.WeightAverage?.CopyToParameters();
        _parallel?.ShareStates();
        bool isCanceled = AgreeOnReason();
        (_state.History.End, _state.History.EndReason) =
            _state.IsStopping ? (TrainingEnd.Stopped, _state.StopReason)
            : isCanceled && (_state.Epoch < _state.Epochs || _state.History.Epochs.Count < _state.Epochs) ? (TrainingEnd.Canceled, "canceled")
            : (TrainingEnd.Completed, "");
        foreach (TrainingCallback<T> callback in _callbacks)
        {
            callback.OnEnd(_state);
        }
    }

    // Ranks end after the same step, or they would wait for each other: in a step they tell what they want, and obey before the next.
    private bool IsOver => _parallel is null ? IsOverHere : _isEndAgreed;

    private bool IsOverHere => _state.IsStopping || _cancellation.IsCancellationRequested;

    private void AgreeOnEnd() => _isEndAgreed = _parallel is not null && _parallel.Sum(IsOverHere ? 1 : 0) > 0;

    // Why the training ended, which one of the ranks may know alone. Returns whether it was cancelled.
    private bool AgreeOnReason()
    {
        if (_parallel is null)
        {
            return _cancellation.IsCancellationRequested;
        }

        char[][] reasons = _parallel.Ranks.Gather<char>(_state.IsStopping ? $"!{_state.StopReason}" : "");
        if (reasons.FirstOrDefault(reason => reason.Length > 0) is { } first)
        {
            _state.Stop(new string(first.AsSpan(1)));
        }

        return _parallel.Sum(_cancellation.IsCancellationRequested ? 1 : 0) > 0;
    }

    // The mean loss, the samples and the time; nothing where the epoch was not run to its end.
    private (double Loss, long Samples, TimeSpan Duration)? RunEpoch(IEnumerable<Batch<T>> batches)
    {
        TrainingPlace place = _place ?? default;
        if (_place is null)
        {
            foreach (Metric<T, TTarget> metric in _trainer.TrainingMetrics)
            {
                metric.Reset();
            }
        }

        (_state.Epoch, _state.Step) = (_state.Epoch + 1, place.Step);
        _checkpoints?.Begin(_state.Epoch, place.Step);
        _progress.Begin(_state.Epoch, batches is BatchLoader<T> loader ? loader.Count : batches.TryGetNonEnumeratedCount(out int count) ? count : null, place.Step);
        long began = Stopwatch.GetTimestamp();
        (double sum, long samples) = (place.LossSum, place.Samples);
        foreach (Batch<T> batch in batches)
        {
            // Asked before a step and not after it: an epoch whose last step is done is complete.
            if (IsOver)
            {
                _safeguard.CheckValues();
                return null;
            }

            _parallel?.WantsToStop = IsOverHere;
            sum += _step.Run(batch) * _step.Share * batch.WholeCount;
            samples += batch.WholeCount;
            _isEndAgreed = _parallel?.IsStopAgreed ?? false;

            // Until the end of the epoch, the mean of this rank's parts stands for that of all.
            _progress.Advance(sum * (_parallel?.Ranks.Size ?? 1), samples);
            if (_checkpoints is not null)
            {
                TrainingPlace reached = new(_state.Step, sum, samples, place.Elapsed + Stopwatch.GetElapsedTime(began));
                _place = reached;
                _checkpoints.OnStep(reached);
            }
        }

        sum = _parallel?.Sum(sum) ?? sum;
        return samples > 0 ? (sum / samples, samples, place.Elapsed + Stopwatch.GetElapsedTime(began)) : throw NoBatches(nameof(batches));
    }

    private void Complete((double Loss, long Samples, TimeSpan Duration) epoch)
    {
        _safeguard.CheckValues();
        ShareFigures();
        using ExponentialMovingAverage<T>.Application? average = _trainer.WeightAverage?.Apply();
        List<double> values = [epoch.Loss, .. _trainer.TrainingMetrics.Select(metric => metric.Value)];
        if (_validation is not null)
        {
            Evaluation evaluation = _evaluator.Run(_validation, _trainer.Metrics, _parallel);
            values.AddRange([evaluation.Loss, .. evaluation.Metrics.Select(metric => metric.Value)]);
        }

        values.Add(LearningRate);
        var record = new EpochRecord(
            _state.Epoch, _trainer.Optimizer.Steps, epoch.Samples, epoch.Duration, [.. _state.Figures.Zip(values, (name, value) => new NamedValue(name, value))]);
        _state.History.Add(record);
        foreach (ReduceOnPlateau plateau in _plateaus)
        {
            plateau.Report(record.ValidationLoss ?? record.TrainingLoss);
        }

        foreach (TrainingCallback<T> callback in _callbacks)
        {
            callback.OnEpoch(_state, record);
        }

        _progress.Complete(record);
    }

    // What each rank has of its own parts of the batches becomes what all have together.
    private void ShareFigures()
    {
        _parallel?.ShareStates();
        foreach (Metric<T, TTarget> metric in _trainer.TrainingMetrics)
        {
            _parallel?.Reduce(metric);
        }
    }

    // Of the last step: the next one's may be another.
    private double LearningRate => double.CreateTruncating(_trainer.Optimizer.Groups[0].LearningRate)
        * _trainer.Optimizer.Schedule.Factor(Math.Max(0, _trainer.Optimizer.Steps - 1));

    // One that nobody tells anything would never reduce the rate.
    private static IEnumerable<ReduceOnPlateau> Plateaus(LearningRateSchedule schedule) => ReduceOnPlateau.In(schedule).Select(plateau => plateau.IsLargerBetter
        ? throw new InvalidOperationException(
            $"The trainer tells a {nameof(ReduceOnPlateau)} the loss, of which less is better; this one was made with larger: true.")
        : plateau);

    // The names of an epoch's figures, in the order in which it gathers them.
    private string[] Figures()
    {
        string[] names =
        [
            EpochRecord.TrainingLossName, .. _trainer.TrainingMetrics.Select(metric => $"training {metric.Name}"),
            .. _validation is null ? Array.Empty<string>() : [EpochRecord.ValidationLossName, .. _trainer.Metrics.Select(metric => $"validation {metric.Name}")],
            EpochRecord.LearningRateName,
        ];
        return names.GroupBy(name => name).FirstOrDefault(same => same.Count() > 1) is { Key: { } twice }
            ? throw new InvalidOperationException($"Two figures of an epoch would be named '{twice}': metrics of one trainer need names of their own.")
            : names;
    }

    private bool IsHigherBetter(string name) =>
        _trainer.Metrics.Any(metric => metric.IsHigherBetter && name == $"validation {metric.Name}")
        || _trainer.TrainingMetrics.Any(metric => metric.IsHigherBetter && name == $"training {metric.Name}");
}
