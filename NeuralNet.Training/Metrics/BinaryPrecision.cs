using System.Numerics;

namespace NeuralNet.Training.Metrics;

/// <summary>Of the samples predicted as 1, how many are: <c>TP / (TP + FP)</c>.</summary>
/// <remarks>See <see cref="BinaryScoreMetric{T}"/>.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="threshold">The logit above which a sample is predicted as 1: 0 by default, where the sigmoid is ½.</param>
/// <exception cref="ArgumentOutOfRangeException">The threshold is NaN.</exception>
public sealed class BinaryPrecision<T>(double threshold = 0) : BinaryScoreMetric<T>(ClassScore.Precision, threshold) where T : unmanaged, IFloatingPointIeee754<T>;
