using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;

namespace NeuralNet.Training.Metrics;

/// <summary>A metric that is made of the confusion matrix: how often each class was predicted for samples of each class.</summary>
/// <remarks>Predicted is the class of the largest score: of equal ones the first; NaN is never the largest. A row of NaN alone predicts no class: it counts in
/// <see cref="CountOf"/> and in no column.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public abstract class ConfusionMetric<T> : LabelMetric<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    // Row by row: of class a those predicted as 0 … C−1, then those predicted as none.
    private double[] _counts = [];

    /// <summary>Number of classes C, the columns of the last predictions; 0 before the first.</summary>
    public int Classes { get; private set; }

    /// <summary>How many samples of a class were predicted as another or the same, each by its weight.</summary>
    /// <param name="actual">The right class, 0 to C−1.</param>
    /// <param name="predicted">The class of the largest score, 0 to C−1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    /// <exception cref="InvalidOperationException">Nothing was added.</exception>
    public double this[int actual, int predicted]
    {
        get
        {
            ThrowIfNoClass(actual);
            ThrowIfNoClass(predicted);
            return _counts[Row(actual) + predicted];
        }
    }

    /// <summary>How many samples belong to a class: its row's sum, and those for which no class was predicted.</summary>
    /// <param name="actual">The class, 0 to C−1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    /// <exception cref="InvalidOperationException">Nothing was added.</exception>
    public double CountOf(int actual)
    {
        ThrowIfNoClass(actual);
        double sum = 0;
        foreach (double count in _counts.AsSpan(Row(actual), Classes + 1))
        {
            sum += count;
        }

        return sum;
    }

    /// <summary>How many samples were predicted as a class: its column's sum.</summary>
    /// <param name="predicted">The class, 0 to C−1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    /// <exception cref="InvalidOperationException">Nothing was added.</exception>
    public double PredictedCountOf(int predicted)
    {
        ThrowIfNoClass(predicted);
        double sum = 0;
        for (int actual = 0; actual < Classes; actual++)
        {
            sum += _counts[Row(actual) + predicted];
        }

        return sum;
    }

    /// <summary>How many samples of a class were predicted as none, since all their scores are NaN.</summary>
    private protected double UnpredictedCountOf(int actual) => _counts[Row(actual) + Classes];

    /// <inheritdoc/>
    protected override Span<double> Sums => _counts;

    /// <inheritdoc/>
    protected override void Start(int columns)
    {
        int length = checked(columns * (columns + 1));
        if (_counts.Length != length)
        {
            _counts = new double[length];
        }

        _counts.AsSpan().Clear();
        Classes = columns;
    }

    /// <inheritdoc/>
    protected sealed override void AddCore(Matrix<T> prediction, ReadOnlyMemory<int> target, SampleWeights<T> weights)
    {
        ReadOnlySpan<T> scores = prediction.AsSpan();
        ReadOnlySpan<int> labels = target.Span;
        for (int i = 0; i < labels.Length; i++)
        {
            if (weights[i] != 0)
            {
                int predicted = Largest(scores, labels.Length, i);
                _counts[Row(labels[i]) + (predicted < 0 ? Classes : predicted)] += weights[i];
            }
        }
    }

    private int Row(int actual) => actual * (Classes + 1);

    private void ThrowIfNoClass(int label)
    {
        ThrowIfEmpty();
        if ((uint)label >= (uint)Classes)
        {
            throw new ArgumentOutOfRangeException(nameof(label), label, $"{Title} has classes 0 to {Classes - 1}, got {label}.");
        }
    }
}
