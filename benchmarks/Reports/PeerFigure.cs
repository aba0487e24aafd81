namespace NeuralNet.Benchmarks.Reports;

/// <summary>A peer's result at its best setting.</summary>
/// <param name="Value">In the row's unit.</param>
/// <param name="Setting">The setting that won.</param>
internal sealed record PeerFigure(double Value, string Setting);
