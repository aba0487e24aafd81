namespace NeuralNet.Training.LearningRates;

/// <summary>A step of a <see cref="LearningRateFinder"/>.</summary>
/// <param name="Rate">The learning rate of the step.</param>
/// <param name="Loss">The loss of its batch, before the step moved anything.</param>
/// <param name="Smoothed">The running mean of the losses up to this one.</param>
public readonly record struct LearningRatePoint(double Rate, double Loss, double Smoothed);
