using System.Numerics;

namespace NeuralNet.Training.Metrics;

/// <summary>The harmonic mean of precision and recall: <c>2·TP / (2·TP + FP + FN)</c>.</summary>
/// <remarks>See <see cref="BinaryScoreMetric{T}"/>.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="threshold">The logit above which a sample is predicted as 1: 0 by default, where the sigmoid is ½.</param>
/// <exception cref="ArgumentOutOfRangeException">The threshold is NaN.</exception>
public sealed class BinaryF1<T>(double threshold = 0) : BinaryScoreMetric<T>(ClassScore.F1, threshold) where T : unmanaged, IFloatingPointIeee754<T>;
