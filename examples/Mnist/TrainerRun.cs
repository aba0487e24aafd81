using System.Globalization;
using NeuralNet.Core.Ranks;
using NeuralNet.Core.Shapes;
using NeuralNet.Training.Checkpoints;
using NeuralNet.Training.Fitting;
using NeuralNet.Training.Metrics;
using NeuralNet.Training.Reports;

namespace NeuralNet.Examples.Mnist;

/// <summary>The training left to the library, with the figures of the loop in the program.</summary>
internal sealed class TrainerRun : TrainingCallback<float>, IDisposable
{
    private readonly Recipe _recipe;
    private EpochProgress? _progress;

    private TrainerRun(Recipe recipe) => _recipe = recipe;

    /// <summary>Trains, prints an epoch a line, and writes the report that the options ask for.</summary>
    /// <param name="recipe">What is trained and how.</param>
    /// <param name="ranks">Those that train together.</param>
    /// <returns>What went wrong; null for nothing.</returns>
    public static string? Train(Recipe recipe, ICommunicator ranks)
    {
        Options options = recipe.Options;
        using var run = new TrainerRun(recipe);
        var trainer = Trainer.For(recipe.Net, recipe.Loss, recipe.Optimizer);
        trainer.Metrics = [new Accuracy<float>()];
        trainer.Ranks = ranks;
        trainer.Callbacks = options.Report is null ? [run] : [run, new ReportRecorder<float>()];
        using var interruption = new CancellationTokenSource();
        using IDisposable? signals = options.Checkpoint is null ? null : Signals.Cancel(interruption);
        trainer.Checkpoints = options.Checkpoint is null ? null : new CheckpointSettings<float>(options.Checkpoint) { Resumes = options.Resumes };
        TrainingHistory history = trainer.Fit(recipe.Batches, options.Epochs, recipe.TestBatches, cancellation: interruption.Token);
        if (history.End == TrainingEnd.Canceled)
        {
            return $"interrupted after {recipe.Optimizer.Steps} steps; --checkpoint {options.Checkpoint} --resume goes on from there.";
        }

        if (options.Report is not null && ranks.Rank == 0)
        {
            TrainingReport.Write(options.Report, trainer, recipe.TestBatches.Data, new TrainingReportOptions
            {
                Title = "Handwritten digits",
                SampleShape = SampleShape.Image(1, Canvas.Side, Canvas.Side),
                Settings =
                [
                    new("data", options.Data ?? "drawn by the program"),
                    new("batch size", options.Batch.ToString(CultureInfo.InvariantCulture)),
                    new("dropout", options.Dropout.ToString(CultureInfo.InvariantCulture)),
                    new("seed", options.Seed.ToString(CultureInfo.InvariantCulture)),
                ],
            });
        }

        return history.End == TrainingEnd.Stopped ? history.EndReason : null;
    }

    /// <inheritdoc/>
    public override bool IsForFirstRankOnly => true;

    /// <inheritdoc/>
    public override void OnStep(TrainingState<float> state)
    {
        _progress ??= new EpochProgress($"epoch {state.Epoch}/{state.Epochs}", _recipe.Batches.Count);
        _progress.Advance();
    }

    /// <inheritdoc/>
    public override void OnEpoch(TrainingState<float> state, EpochRecord record)
    {
        _progress!.Finish(record.TrainingLoss, record["validation accuracy"], record.Duration);
        _progress = null;
        if (_recipe.RunAway(record.Epoch, record.TrainingLoss) is string problem)
        {
            state.Stop(problem);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _progress?.Dispose();
}
