using System.Globalization;
using System.Numerics;
using NeuralNet.Training.Checkpoints;
using NeuralNet.Training.Data;
using NeuralNet.Training.Metrics;
using NeuralNet.Training.Ranks;

namespace NeuralNet.Training.Fitting;

/// <summary>Saves a training of a <see cref="Trainer{T, TTarget}"/> as it goes on, and lets it go on from what was saved.</summary>
internal sealed class TrainingCheckpoints<T, TTarget> : IDisposable where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Trainer<T, TTarget> _trainer;
    private readonly CheckpointSettings<T> _settings;
    private readonly TrainingState<T> _state;
    private readonly BatchLoader<T> _loader;
    private readonly IReadOnlyList<TrainingCallback<T>> _callbacks;
    private readonly RankStates<T, TTarget>? _ranks;

    // Rank 0's alone.
    private readonly CheckpointFolder? _folder;
    private readonly Checkpoint<T> _checkpoint;
    private readonly string _best;
    private int _firstEpoch;
    private (long Steps, bool IsEpochOver)? _saved;

    /// <summary>Opens the folder.</summary>
    /// <exception cref="ArgumentException">There is no loader whose place can be saved, or no such figure.</exception>
    /// <exception cref="InvalidOperationException">The folder holds checkpoints and the training is not to go on from them.</exception>
    public TrainingCheckpoints(
        Trainer<T, TTarget> trainer, CheckpointSettings<T> settings, TrainingState<T> state, IEnumerable<Batch<T>> batches, IReadOnlyList<TrainingCallback<T>> callbacks, DataParallel<T>? parallel)
    {
        (_trainer, _settings, _state, _callbacks) = (trainer, settings, state, callbacks);
        _ranks = parallel is null ? null : new RankStates<T, TTarget>(trainer, parallel);
        _loader = settings.Batches ?? batches as BatchLoader<T> ?? throw new ArgumentException(
            $"Checkpoints hold the place in the batches, which only a {nameof(BatchLoader<>)} can say. Where batches are made of a loader's one by one, name it in {nameof(settings.Batches)}.",
            nameof(batches));
        _best = settings.Best ?? (state.Figures.Contains(EpochRecord.ValidationLossName) ? EpochRecord.ValidationLossName : EpochRecord.TrainingLossName);
        if (!state.Figures.Contains(_best))
        {
            throw new ArgumentException($"The best checkpoint is to be that of '{_best}', but the figures of an epoch are: {string.Join(", ", state.Figures)}.", nameof(settings));
        }

        _firstEpoch = _loader.NextEpoch;
        _checkpoint = new Checkpoint<T>(trainer.Network, trainer.Optimizer)
        {
            WeightAverage = trainer.WeightAverage,
            Generators = settings.Generators,
            History = state.History,
        };
        if (parallel is { IsFirst: false })
        {
            return;
        }

        _folder = new CheckpointFolder(settings.Folder, settings.KeepLast);
        if (!settings.Resumes && _folder.Newest is string newest)
        {
            _folder.Dispose();
            throw new InvalidOperationException(
                $"The folder '{settings.Folder}' holds checkpoints of a training, the newest '{Path.GetFileName(newest)}'. Set {nameof(settings.Resumes)} to go on from it, or name an empty folder.");
        }
    }

    /// <summary>Goes on from the newest checkpoint.</summary>
    /// <returns>The place in the epoch under way; null where there is no checkpoint.</returns>
    /// <exception cref="InvalidDataException">It is damaged, or of another training.</exception>
    public TrainingPlace? Restore()
    {
        if (_ranks is null)
        {
            return _folder!.Newest is string newest ? Restore(newest) : null;
        }

        using FileOfFirstRank file = new(_ranks.Parallel.Ranks, _folder?.Newest);
        return file.Path is string path ? Restore(path) : null;
    }

    private TrainingPlace Restore(string path)
    {
        TrainingPlace place = default;
        _checkpoint.Restore(path, reader =>
        {
            _loader.CheckPlace(reader);
            RankStates<T, TTarget>.ThrowIfOthers(reader, _ranks?.Parallel.Ranks.Size ?? 1);
            place = Read(reader.In("run"));
            for (int i = 0; i < _trainer.TrainingMetrics.Count; i++)
            {
                ReadMetric(_trainer.TrainingMetrics[i], reader, i, place.Step > 0);
            }

            foreach (TrainingCallback<T> callback in _callbacks)
            {
                callback.Restore(reader.In(PartOf(callback)));
            }

            place = place with { LossSum = _ranks?.Restore(reader, place.LossSum) ?? place.LossSum };
        });
        return place;
    }

    /// <summary>Lets the loader give the batches of an epoch from a place on.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="step">Steps of it that are done.</param>
    public void Begin(int epoch, long step) => _loader.Resume(_firstEpoch + epoch - 1, (int)step);

    /// <summary>A step is done.</summary>
    public void OnStep(TrainingPlace place)
    {
        if (_settings.EverySteps is int every && _trainer.Optimizer.Steps % every == 0)
        {
            Save(place, isEpochOver: false);
        }
    }

    /// <summary>An epoch is over, with its validation and what the callbacks did.</summary>
    public void OnEpoch()
    {
        if (_state.Epoch % _settings.EveryEpochs == 0)
        {
            Save(default, isEpochOver: true);
        }
    }

    /// <summary>The training is over; network and average are still as training left them.</summary>
    /// <param name="place">The place in the epoch that was left; null between epochs.</param>
    public void OnEnd(TrainingPlace? place) => Save(place ?? default, place is null);

    /// <summary>Lets others use the folder.</summary>
    public void Dispose() => _folder?.Dispose();

    private void Save(TrainingPlace place, bool isEpochOver)
    {
        long steps = _trainer.Optimizer.Steps;
        if (_saved == (steps, isEpochOver))
        {
            return;
        }

        // All ranks come here after the same steps.
        _ranks?.Gather(place);
        if (_folder is null)
        {
            _saved = (steps, isEpochOver);
            return;
        }

        try
        {
            _checkpoint.Save(_folder.FileOf(steps), writer => Add(writer, place));
            _saved = (steps, isEpochOver);
            _folder.DeleteOld(BestFile(_folder));
        }
        catch (Exception exception) when (_settings.WriteFailed is not null && exception is IOException or UnauthorizedAccessException)
        {
            _settings.WriteFailed!(exception);
        }
    }

    private void Add(CheckpointWriter<T> writer, TrainingPlace place)
    {
        _loader.SavePlace(writer, (_firstEpoch + _state.History.Epochs.Count, (int)place.Step));
        CheckpointWriter<T> run = writer.In("run");
        run.AddInteger("first epoch", _firstEpoch);
        run.AddInteger("step", place.Step);
        run.AddNumbers("loss sum", place.LossSum);
        run.AddInteger("samples", place.Samples);
        run.AddInteger("elapsed ticks", place.Elapsed.Ticks);
        if (_state.IsStopping)
        {
            run.AddText("stopped", _state.StopReason);
        }

        // At the end of an epoch the metrics have done their work.
        for (int i = 0; place.Step > 0 && i < _trainer.TrainingMetrics.Count; i++)
        {
            writer.In("metrics").AddNumbers(Key(i, _trainer.TrainingMetrics[i].Name), _trainer.TrainingMetrics[i].Save());
        }

        foreach (TrainingCallback<T> callback in _callbacks)
        {
            callback.Save(writer.In(PartOf(callback)));
        }

        _ranks?.Save(writer);
    }

    private TrainingPlace Read(CheckpointReader<T> run)
    {
        (long firstEpoch, long step) = (run.Integer("first epoch"), run.Integer("step"));
        if (firstEpoch is < 0 or > int.MaxValue || step < 0 || step > _loader.Count)
        {
            throw new InvalidDataException($"{run.Name} says {step} steps of an epoch after epoch {firstEpoch}, but an epoch has {_loader.Count} batches.");
        }

        _firstEpoch = (int)firstEpoch;
        if (run.Has("stopped"))
        {
            _state.Stop(run.Text("stopped"));
        }

        return new TrainingPlace(step, run.Number("loss sum"), run.Integer("samples"), new TimeSpan(run.Integer("elapsed ticks")));
    }

    private static void ReadMetric(Metric<T, TTarget> metric, CheckpointReader<T> reader, int position, bool isUnderWay)
    {
        metric.Reset();
        if (!isUnderWay)
        {
            return;
        }

        try
        {
            metric.Restore(reader.In("metrics").Numbers(Key(position, metric.Name)));
        }
        catch (ArgumentException exception)
        {
            throw new InvalidDataException($"{reader.Name}: {exception.Message}", exception);
        }
    }

    // The best of those that are still there: one that was deleted was not the best at its time.
    private string? BestFile(CheckpointFolder folder)
    {
        bool isHigherBetter = _state.IsHigherBetter(_best);
        return _state.History.Epochs
            .Select(epoch => (File: folder.FileOf(epoch.Steps), Figure: epoch.Find(_best) ?? double.NaN))
            .Where(pair => !double.IsNaN(pair.Figure) && File.Exists(pair.File))
            .OrderBy(pair => isHigherBetter ? -pair.Figure : pair.Figure)
            .Select(pair => pair.File).FirstOrDefault();
    }

    // By the place among all callbacks: some are told on rank 0 only.
    private string PartOf(TrainingCallback<T> callback) =>
        $"callbacks/{Key(_trainer.Callbacks.TakeWhile(other => !ReferenceEquals(other, callback)).Count(), callback.GetType().Name.Split('`')[0])}";

    private static string Key(int position, string name) => string.Create(CultureInfo.InvariantCulture, $"{position} {name}");
}
