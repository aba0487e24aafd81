using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;

namespace NeuralNet.Training.Metrics;

/// <summary>The mean over samples and columns of an error of one number: <c>Σ_i w_i Σ_j e(ŷ_ij − y_ij) / (C·Σ_i w_i)</c>.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public abstract class ErrorMetric<T> : MatrixMetric<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private double _sum;
    private int _columns;

    /// <inheritdoc/>
    public sealed override bool IsHigherBetter => false;

    /// <summary>The error of one number.</summary>
    /// <param name="difference">What was predicted less what should have been.</param>
    protected abstract double ErrorOf(double difference);

    /// <inheritdoc/>
    protected sealed override Span<double> Sums => new(ref _sum);

    /// <inheritdoc/>
    protected sealed override void Start(int columns) => (_sum, _columns) = (0, columns);

    /// <inheritdoc/>
    protected sealed override void AddCore(Matrix<T> prediction, Matrix<T> target, SampleWeights<T> weights)
    {
        ReadOnlySpan<T> predicted = prediction.AsSpan(), actual = target.AsSpan();
        int rows = prediction.RowCount;
        for (int i = 0; i < rows; i++)
        {
            if (weights[i] == 0)
            {
                continue;
            }

            double sum = 0;
            for (int at = i; at < predicted.Length; at += rows)
            {
                sum += ErrorOf(double.CreateTruncating(predicted[at]) - double.CreateTruncating(actual[at]));
            }

            _sum += weights[i] * sum;
        }
    }

    /// <inheritdoc/>
    protected sealed override double ValueCore() => _sum / (_columns * TotalWeight);
}
