namespace NeuralNet.Training.Reports;

/// <summary>A sample whose numbers were missed.</summary>
/// <param name="Sample">Its number in the data set, from 0.</param>
/// <param name="Loss">The loss of it alone.</param>
/// <param name="Predicted">What the network gave, its first outputs.</param>
/// <param name="Actual">What it should have given.</param>
internal sealed record ValueMistake(int Sample, double Loss, double[] Predicted, double[] Actual);
