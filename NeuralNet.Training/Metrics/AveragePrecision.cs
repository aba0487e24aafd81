using System.Numerics;

namespace NeuralNet.Training.Metrics;

/// <summary>The average precision <c>Σ_n (R_n − R_n−1)·P_n</c> over falling thresholds, samples of one score being one step: the area under
/// precision over recall.</summary>
/// <remarks>scikit-learn's <c>average_precision_score</c>, macro of each class against the rest. A class without samples has 0, as there. See
/// <see cref="RankingMetric{T}"/>.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class AveragePrecision<T>() : RankingMetric<T>(RankingScore.AveragePrecision) where T : unmanaged, IFloatingPointIeee754<T>;
