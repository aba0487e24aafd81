namespace NeuralNet.Training.Schedules;

/// <summary>The product of the factors of two schedules.</summary>
/// <remarks>PyTorch's <c>ChainedScheduler</c>.</remarks>
public sealed class ProductSchedule : LearningRateSchedule
{
    /// <summary>A product of two; either may be one itself.</summary>
    /// <param name="first">One schedule.</param>
    /// <param name="second">The other one.</param>
    public ProductSchedule(LearningRateSchedule first, LearningRateSchedule second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        (First, Second) = (first, second);
    }

    /// <summary>One schedule.</summary>
    public LearningRateSchedule First { get; }

    /// <summary>The other one.</summary>
    public LearningRateSchedule Second { get; }

    /// <inheritdoc/>
    public override double Factor(long step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        return First.Factor(step) * Second.Factor(step);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{First} × {Second}";
}
