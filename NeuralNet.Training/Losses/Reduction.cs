namespace NeuralNet.Training.Losses;

/// <summary>What becomes of the losses of the samples of a batch.</summary>
public enum Reduction
{
    /// <summary>Their mean, <c>Σ wᵢlᵢ / Σ wᵢ</c>; without weights that over all.</summary>
    Mean,

    /// <summary>Their sum, <c>Σ wᵢlᵢ</c>.</summary>
    Sum,
}
