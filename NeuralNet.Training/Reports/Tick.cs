namespace NeuralNet.Training.Reports;

/// <summary>A mark at an axis.</summary>
/// <param name="Value">Where.</param>
/// <param name="Label">What stands there.</param>
internal readonly record struct Tick(double Value, string Label);
