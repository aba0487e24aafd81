using System.Numerics;

namespace NeuralNet.Training.Metrics;

/// <summary>The share of samples whose logit is above a threshold exactly where the target is 1.</summary>
/// <remarks>See <see cref="BinaryThresholdMetric{T}"/>.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="threshold">The logit above which a sample is predicted as 1: 0 by default, where the sigmoid is ½.</param>
/// <exception cref="ArgumentOutOfRangeException">The threshold is NaN.</exception>
public sealed class BinaryAccuracy<T>(double threshold = 0) : BinaryThresholdMetric<T>(threshold) where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary><c>accuracy</c>.</summary>
    public override string Name => "accuracy";

    /// <inheritdoc/>
    protected override double ValueCore() => (Hits + Rejections) / TotalWeight;
}
