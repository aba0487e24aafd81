using System.Globalization;
using System.Numerics;
using NeuralNet.Training.Checkpoints;

namespace NeuralNet.Training.Fitting;

/// <summary>Ends a training when a figure has not improved for some epochs, and gives the network the weights of the best one back.</summary>
/// <remarks>
/// <para>An epoch improves when its figure is better than the best before by more than <see cref="MinimumChange"/>; a figure that is NaN does not. After
/// <see cref="Patience"/> epochs in a row without improvement the training ends. Where <see cref="RestoresBest"/>, the best epoch's parameters and states are put back at
/// the end of the training, whatever ended it.</para>
/// <para><b>Source.</b> L. Prechelt, "Early stopping — but when?" (1998); patience as in the frameworks. <b>Threads.</b> One training at a time.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class EarlyStopping<T> : TrainingCallback<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private WeightSnapshot<T>? _weights;
    private int _waited;

    /// <summary>An early stopping.</summary>
    /// <param name="patience">Epochs in a row without improvement that end the training, 1 or more.</param>
    /// <param name="monitored">Name of the figure that is watched, as in an <see cref="EpochRecord"/>; by default <c>validation loss</c>.</param>
    /// <param name="minimumChange">By how much a figure must be better than the best to count, a finite number, 0 (the default) or more.</param>
    /// <param name="restoresBest">Whether the best epoch's weights are put back at the end; true by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    public EarlyStopping(int patience, string monitored = EpochRecord.ValidationLossName, double minimumChange = 0, bool restoresBest = true)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(patience, 1);
        ArgumentException.ThrowIfNullOrWhiteSpace(monitored);
        Require.NotNegative(minimumChange);
        (Patience, Monitored, MinimumChange, RestoresBest) = (patience, monitored, minimumChange, restoresBest);
    }

    /// <summary>Epochs in a row without improvement that end the training.</summary>
    public int Patience { get; }

    /// <summary>Name of the figure that is watched.</summary>
    public string Monitored { get; }

    /// <summary>By how much a figure must be better to count.</summary>
    public double MinimumChange { get; }

    /// <summary>Whether the best epoch's weights are put back at the end.</summary>
    public bool RestoresBest { get; }

    /// <summary>The best epoch so far, from 1; null before the first.</summary>
    public int? BestEpoch { get; private set; }

    /// <summary>Its figure; NaN before the first.</summary>
    public double Best { get; private set; } = double.NaN;

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">No epoch will have the figure that is watched.</exception>
    public override void OnStart(TrainingState<T> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (!state.Figures.Contains(Monitored))
        {
            bool isForValidation = Monitored.StartsWith("validation", StringComparison.Ordinal) && !state.Figures.Contains(EpochRecord.ValidationLossName);
            throw new InvalidOperationException(
                $"Early stopping watches '{Monitored}', but the figures of an epoch are: {string.Join(", ", state.Figures)}." +
                (isForValidation ? " Figures of validation need validation data, given to Fit." : ""));
        }

        (BestEpoch, Best, _waited) = (null, double.NaN, 0);
        _weights = RestoresBest ? new WeightSnapshot<T>(state.Network) : null;
    }

    /// <inheritdoc/>
    public override void OnEpoch(TrainingState<T> state, EpochRecord record)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(record);
        double figure = record[Monitored];
        double gain = state.IsHigherBetter(Monitored) ? figure - Best : Best - figure;
        bool isBetter = BestEpoch is null ? !double.IsNaN(figure) : gain > MinimumChange;
        if (isBetter)
        {
            (BestEpoch, Best, _waited) = (record.Epoch, figure, 0);
            _weights?.Take();
        }
        else if (++_waited >= Patience)
        {
            string best = BestEpoch is int epoch
                ? string.Create(CultureInfo.InvariantCulture, $"{Monitored} was best in epoch {epoch} ({Best:G5})")
                : $"{Monitored} was never a number";
            state.Stop($"stopped early after epoch {record.Epoch}: {best} and has not improved for {Patience} {(Patience == 1 ? "epoch" : "epochs")}");
        }
    }

    /// <inheritdoc/>
    public override void Save(CheckpointWriter<T> checkpoint)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        checkpoint.AddInteger("waited", _waited);
        if (BestEpoch is int epoch)
        {
            checkpoint.AddInteger("best epoch", epoch);
            checkpoint.AddNumbers("best", Best);
            _weights?.Save(checkpoint.In("weights"));
        }
    }

    /// <inheritdoc/>
    public override void Restore(CheckpointReader<T> checkpoint)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        if (!checkpoint.Has("waited"))
        {
            return;
        }

        _waited = (int)checkpoint.Integer("waited");
        if (checkpoint.Has("best epoch"))
        {
            (BestEpoch, Best) = ((int)checkpoint.Integer("best epoch"), checkpoint.Number("best"));
            _weights?.Restore(checkpoint.In("weights"));
        }
    }

    /// <inheritdoc/>
    public override void OnEnd(TrainingState<T> state)
    {
        if (_weights is { IsTaken: true })
        {
            _weights.Restore();
        }
    }
}
