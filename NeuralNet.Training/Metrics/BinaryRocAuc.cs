using System.Numerics;

namespace NeuralNet.Training.Metrics;

/// <summary>The area under the ROC curve: how often a positive sample has a larger score than a negative one, ties counting half.</summary>
/// <remarks>NaN where no target is 1, or none is 0. See <see cref="BinaryRankingMetric{T}"/>.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class BinaryRocAuc<T>() : BinaryRankingMetric<T>(RankingScore.RocAuc) where T : unmanaged, IFloatingPointIeee754<T>;
