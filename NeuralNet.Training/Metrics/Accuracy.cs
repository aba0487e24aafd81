using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;

namespace NeuralNet.Training.Metrics;

/// <summary>The share of samples whose largest score is that of the right class.</summary>
/// <remarks>Of equal scores the first counts; NaN is never the largest, and a row of NaN alone is wrong. Logits or probabilities give the same.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Accuracy<T> : LabelMetric<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private double _correct;

    /// <summary><c>accuracy</c>.</summary>
    public override string Name => "accuracy";

    /// <inheritdoc/>
    public override bool IsHigherBetter => true;

    /// <inheritdoc/>
    protected override Span<double> Sums => new(ref _correct);

    /// <inheritdoc/>
    protected override void Start(int columns) => _correct = 0;

    /// <inheritdoc/>
    protected override void AddCore(Matrix<T> prediction, ReadOnlyMemory<int> target, SampleWeights<T> weights)
    {
        ReadOnlySpan<T> scores = prediction.AsSpan();
        ReadOnlySpan<int> labels = target.Span;
        for (int i = 0; i < labels.Length; i++)
        {
            // A sample that is left out may have any label, −1 among them.
            _correct += Largest(scores, labels.Length, i) == labels[i] ? weights[i] : 0;
        }
    }

    /// <inheritdoc/>
    protected override double ValueCore() => _correct / TotalWeight;
}
