namespace NeuralNet.Training.SanityChecking;

/// <summary>How one layer behaves on the samples.</summary>
/// <param name="Position">Its position, from the outermost container inwards: <c>2</c>, <c>1.0</c>.</param>
/// <param name="Layer">The layer as it prints itself.</param>
/// <param name="Mean">Mean of its output.</param>
/// <param name="Deviation">Standard deviation of its output, over samples and columns.</param>
/// <param name="DeadShare">Of a ReLU: the fraction of columns that are 0 for every sample. Null for other layers.</param>
/// <param name="SaturatedShare">Of a sigmoid: the fraction of outputs below 0.01 or above 0.99; of a tanh: beyond ±0.995. The local
/// gradient is below a hundredth there. Null for other layers.</param>
/// <param name="Advice">What to do where a figure is bad; empty where none is.</param>
public sealed record LayerStatistics(
    string Position, string Layer, double Mean, double Deviation, double? DeadShare, double? SaturatedShare, string Advice);
