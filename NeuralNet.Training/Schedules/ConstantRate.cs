namespace NeuralNet.Training.Schedules;

/// <summary>No decay: the factor is always 1.</summary>
public sealed class ConstantRate : LearningRateSchedule
{
    /// <inheritdoc/>
    public override double Factor(long step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        return 1;
    }
}
