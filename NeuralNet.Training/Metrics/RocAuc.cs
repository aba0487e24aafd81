using System.Numerics;

namespace NeuralNet.Training.Metrics;

/// <summary>The area under the ROC curve: how often a positive sample has a larger score than a negative one, ties counting half.</summary>
/// <remarks>scikit-learn's <c>roc_auc_score(multi_class='ovr', average='macro')</c>. NaN where a class has no sample, or all of them. See
/// <see cref="RankingMetric{T}"/>.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class RocAuc<T>() : RankingMetric<T>(RankingScore.RocAuc) where T : unmanaged, IFloatingPointIeee754<T>;
