namespace NeuralNet.Training.Reports;

/// <summary>The histograms of a network's parameters at the end of an epoch.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Values">Of each parameter's values.</param>
/// <param name="Gradients">Of the magnitudes of each parameter's gradient in the epoch's last step, as log₁₀|g|.</param>
internal sealed record EpochHistograms(int Epoch, Histogram[] Values, Histogram[] Gradients);
