using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;

namespace NeuralNet.Training.Metrics;

/// <summary>A metric of how scores rank samples: what <see cref="RocAuc{T}"/> and <see cref="AveragePrecision{T}"/> have in common.</summary>
/// <remarks>
/// <para><b>Two classes</b>, logits <c>[N×2]</c>: class 1 is positive. <b>More</b>, <c>[N×C]</c>: each class against the rest, and the mean over the
/// classes.</para>
/// <para>Samples are ranked by <c>ln p − ln(1 − p)</c>, p being the softmax of the logits: the order of p, also where p itself would be rounded to 0
/// or 1.</para>
/// <para><b>Memory.</b> All scores are kept, 8 bytes each (one a sample for two classes, C for more) and 12 a sample, in arrays that grow by
/// doubling and are kept by
/// <c>Reset</c>. <c>Value</c> sorts them: 12 bytes a sample more for as long as it takes.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public abstract class RankingMetric<T> : LabelMetric<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Ranking _ranking;
    private double[] _row = [];

    private protected RankingMetric(RankingScore score) => (_ranking, Name) = (new Ranking(score), score.Name);

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
    protected sealed override void Start(int columns)
    {
        if (columns < 2)
        {
            throw new ArgumentException(
                $"{Title} of labels needs a column for each class, at least two, got one. For one logit a sample there are binary metrics.", nameof(columns));
        }

        if (_row.Length != columns)
        {
            _row = new double[columns];
        }

        _ranking.Clear(columns == 2 ? 1 : columns);
    }

    /// <inheritdoc/>
    protected sealed override void AddCore(Matrix<T> prediction, ReadOnlyMemory<int> target, SampleWeights<T> weights)
    {
        ReadOnlySpan<T> logits = prediction.AsSpan();
        ReadOnlySpan<int> labels = target.Span;
        for (int i = 0; i < labels.Length; i++)
        {
            if (weights[i] == 0)
            {
                continue;
            }

            for (int j = 0; j < _row.Length; j++)
            {
                _row[j] = double.CreateTruncating(logits[i + (j * labels.Length)]);
            }

            if (_row.Length == 2)
            {
                double difference = _row[1] - _row[0];
                _ranking.Add(new ReadOnlySpan<double>(in difference), labels[i], weights[i]);
            }
            else
            {
                LogOdds.FromLogits(_row);
                _ranking.Add(_row, labels[i], weights[i]);
            }
        }
    }

    /// <inheritdoc/>
    protected sealed override double ValueCore()
    {
        if (_row.Length == 2)
        {
            return _ranking.Of(0, 1);
        }

        double sum = 0;
        for (int label = 0; label < _row.Length; label++)
        {
            sum += _ranking.Of(label, label);
        }

        return sum / _row.Length;
    }
}
