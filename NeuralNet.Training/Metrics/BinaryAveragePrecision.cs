using System.Numerics;

namespace NeuralNet.Training.Metrics;

/// <summary>The average precision <c>Σ_n (R_n − R_n−1)·P_n</c> over falling thresholds, samples of one score being one step: the area under
/// precision over recall.</summary>
/// <remarks>0 where no target is 1, as scikit-learn. See <see cref="BinaryRankingMetric{T}"/>.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class BinaryAveragePrecision<T>() : BinaryRankingMetric<T>(RankingScore.AveragePrecision) where T : unmanaged, IFloatingPointIeee754<T>;
