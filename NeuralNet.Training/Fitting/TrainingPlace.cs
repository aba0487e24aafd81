namespace NeuralNet.Training.Fitting;

/// <summary>How far the epoch under way is: what its figures have been summed up to.</summary>
/// <param name="Step">Steps that are done.</param>
/// <param name="LossSum">Σ loss·samples of their batches.</param>
/// <param name="Samples">Their samples.</param>
/// <param name="Elapsed">Time that they took.</param>
internal readonly record struct TrainingPlace(long Step, double LossSum, long Samples, TimeSpan Elapsed);
