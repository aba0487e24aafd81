namespace NeuralNet.Training.Schedules;

/// <summary>How the learning rate decays with the steps taken: a factor for the rate that training starts with.</summary>
public abstract class LearningRateSchedule
{
    /// <summary>The factor at a step.</summary>
    /// <param name="step">Steps taken before, 0 or more.</param>
    /// <returns>A number from 0 to 1; 1 at step 0. An optimiser refuses one that is negative or not finite.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="step"/> is negative.</exception>
    public abstract double Factor(long step);
}
