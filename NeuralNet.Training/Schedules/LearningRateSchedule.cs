namespace NeuralNet.Training.Schedules;

/// <summary>How the learning rate changes with the steps taken: a factor for the rate that an optimiser is given.</summary>
/// <remarks>A schedule depends on the step alone, so nothing of it need be saved; <see cref="ReduceOnPlateau"/>, which is told what happens, is the exception.</remarks>
public abstract class LearningRateSchedule
{
    /// <summary>The factor at a step.</summary>
    /// <param name="step">Steps taken before, 0 or more.</param>
    /// <returns>A finite number, 0 or more. An optimiser refuses others.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="step"/> is negative.</exception>
    public abstract double Factor(long step);

    /// <summary>This schedule for so many steps, then another one, which counts from its own 0: <c>new LinearWarmup(100).Then(100, new CosineAnnealing(900))</c>.</summary>
    /// <remarks>In <c>a.Then(100, b).Then(300, c)</c>, b begins at step 100 and c at step 300.</remarks>
    /// <param name="steps">Steps of this schedule, 1 or more.</param>
    /// <param name="next">The other one.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no steps.</exception>
    public LearningRateSchedule Then(long steps, LearningRateSchedule next) => new SequentialSchedule(this, steps, next);

    /// <summary>The product of both factors: <c>new LinearWarmup(100).Times(new StepDecay(1000))</c>.</summary>
    /// <param name="other">The other one.</param>
    public LearningRateSchedule Times(LearningRateSchedule other) => new ProductSchedule(this, other);

    /// <summary>The name and the settings, as reports show them: <c>StepDecay(every 100, γ 0.5)</c>.</summary>
    public override string ToString() => GetType().Name;
}
