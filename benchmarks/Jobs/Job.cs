namespace NeuralNet.Benchmarks.Jobs;

/// <summary>A piece of work, ready to be done by NeuralNet again and again.</summary>
/// <param name="Run">Does it once.</param>
/// <param name="Score">The accuracy that the runs have trained to, where there is one.</param>
internal sealed record Job(Action Run, Func<double>? Score = null);
