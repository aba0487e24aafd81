using System.Numerics;

namespace NeuralNet.Training.Metrics;

/// <summary>A metric of how one logit ranks samples: what <see cref="BinaryRocAuc{T}"/> and <see cref="BinaryAveragePrecision{T}"/> have in common.</summary>
/// <remarks><b>Memory.</b> All logits are kept, 20 bytes a sample, as in <see cref="RankingMetric{T}"/>. Any number that ranks will do, a
/// probability too.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public abstract class BinaryRankingMetric<T> : BinaryMetric<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Ranking _ranking;

    private protected BinaryRankingMetric(RankingScore score) => (_ranking, Name) = (new Ranking(score), score.Name);

    /// <summary>The name of the score, <c>ROC AUC</c>.</summary>
    public sealed override string Name { get; }

    /// <inheritdoc/>
    public sealed override bool IsHigherBetter => true;

    /// <inheritdoc/>
    private protected sealed override double[] SaveCore() => _ranking.Save();

    /// <inheritdoc/>
    private protected sealed override bool TryRestoreCore(ReadOnlySpan<double> numbers) => _ranking.TryRestore(numbers);

    /// <inheritdoc/>
    private protected sealed override bool TryMergeCore(ReadOnlySpan<double> numbers) => _ranking.TryRestore(numbers);

    /// <inheritdoc/>
    protected sealed override void Start(int columns) => _ranking.Clear(1);

    /// <inheritdoc/>
    protected sealed override void AddSample(double logit, bool isOne, double weight) =>
        _ranking.Add(new ReadOnlySpan<double>(in logit), isOne ? 1 : 0, weight);

    /// <inheritdoc/>
    protected sealed override double ValueCore() => _ranking.Of(0, 1);
}
