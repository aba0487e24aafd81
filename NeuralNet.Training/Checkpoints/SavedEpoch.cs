namespace NeuralNet.Training.Checkpoints;

/// <summary>An epoch of a history as it stands in a file.</summary>
/// <param name="Epoch">Its number.</param>
/// <param name="Steps">Steps of the optimiser at its end.</param>
/// <param name="Samples">Samples that passed.</param>
/// <param name="Ticks">Its duration, in units of 100 ns.</param>
/// <param name="Names">Names of the figures.</param>
/// <param name="Values">The figures.</param>
internal sealed record SavedEpoch(int Epoch, long Steps, long Samples, long Ticks, string[] Names, double[] Values);
