namespace NeuralNet.Training.SanityChecking;

/// <summary>How one parameter would learn.</summary>
/// <param name="Name">Its name in the network.</param>
/// <param name="Norm">√Σθ² of its values.</param>
/// <param name="GradientNorm">√Σg² of its gradient on the samples.</param>
/// <param name="UpdateRatio">Size of a step over size of the values, η·‖g‖/‖θ‖; about 1e-3 is healthy. Null where the values are all zero,
/// as biases are at the start.</param>
/// <param name="Advice">What to do where a figure is bad; empty where none is.</param>
public sealed record ParameterStatistics(string Name, double Norm, double GradientNorm, double? UpdateRatio, string Advice);
