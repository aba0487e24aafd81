namespace NeuralNet.Training.Reports;

/// <summary>A sample whose class was not predicted.</summary>
/// <param name="Sample">Its number in the data set, from 0.</param>
/// <param name="Loss">The loss of it alone.</param>
/// <param name="Actual">Its class.</param>
/// <param name="Predicted">The class that was predicted; −1 where all scores were NaN.</param>
/// <param name="Confidence">The share that the network gave the predicted class; NaN where there is none.</param>
/// <param name="ConfidenceInActual">The share that it gave the right one.</param>
internal sealed record LabelMistake(int Sample, double Loss, int Actual, int Predicted, double Confidence, double ConfidenceInActual);
