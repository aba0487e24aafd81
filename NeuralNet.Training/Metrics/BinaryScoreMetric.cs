using System.Numerics;

namespace NeuralNet.Training.Metrics;

/// <summary>Precision, recall or F1 of the ones: what <see cref="BinaryPrecision{T}"/>, <see cref="BinaryRecall{T}"/> and <see cref="BinaryF1{T}"/>
/// have in common.</summary>
/// <remarks>0 where none was predicted or none is 1, as scikit-learn with <c>zero_division=0</c>. See <see cref="BinaryThresholdMetric{T}"/>.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public abstract class BinaryScoreMetric<T> : BinaryThresholdMetric<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ClassScore _score;

    private protected BinaryScoreMetric(ClassScore score, double threshold) : base(threshold) => _score = score;

    /// <summary>The name of the score, <c>F1</c>.</summary>
    public sealed override string Name => _score.Name;

    /// <inheritdoc/>
    protected sealed override double ValueCore() => _score.Of(Hits, Predicted, Actual);
}
