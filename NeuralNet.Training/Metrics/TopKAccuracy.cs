using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;

namespace NeuralNet.Training.Metrics;

/// <summary>The share of samples where the score of the right class is among the k largest.</summary>
/// <remarks>Of equal scores that of the smaller class comes first, so k = 1 is <see cref="Accuracy{T}"/>. NaN comes after all numbers, and where the
/// score of the right
/// class is NaN the sample is wrong.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class TopKAccuracy<T> : LabelMetric<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private double _correct;

    /// <summary>A metric of nothing yet.</summary>
    /// <param name="k">How many scores count as a hit, 1 or more; not more than there are classes, which <c>Add</c> checks.</param>
    /// <exception cref="ArgumentOutOfRangeException">k is less than 1.</exception>
    public TopKAccuracy(int k)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        K = k;
    }

    /// <summary>How many of the largest scores count as a hit.</summary>
    public int K { get; }

    /// <summary><c>top-5 accuracy</c>.</summary>
    public override string Name => $"top-{K} accuracy";

    /// <inheritdoc/>
    public override bool IsHigherBetter => true;

    /// <inheritdoc/>
    protected override Span<double> Sums => new(ref _correct);

    /// <inheritdoc/>
    protected override void Start(int columns)
    {
        if (K > columns)
        {
            throw new ArgumentException($"{Title} needs at least {K} classes, got predictions of {columns}.", nameof(columns));
        }

        _correct = 0;
    }

    /// <inheritdoc/>
    protected override void AddCore(Matrix<T> prediction, ReadOnlyMemory<int> target, SampleWeights<T> weights)
    {
        ReadOnlySpan<T> scores = prediction.AsSpan();
        ReadOnlySpan<int> labels = target.Span;
        for (int i = 0; i < labels.Length; i++)
        {
            if (weights[i] != 0 && IsHit(scores, labels.Length, i, labels[i]))
            {
                _correct += weights[i];
            }
        }
    }

    /// <inheritdoc/>
    protected override double ValueCore() => _correct / TotalWeight;

    private bool IsHit(ReadOnlySpan<T> scores, int rows, int row, int label)
    {
        T score = scores[row + (label * rows)];
        int before = 0;
        for (int j = 0, at = row; at < scores.Length; j++, at += rows)
        {
            before += scores[at] > score || (scores[at] == score && j < label) ? 1 : 0;
        }

        return before < K && !T.IsNaN(score);
    }
}
