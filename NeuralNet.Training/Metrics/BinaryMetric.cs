using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;

namespace NeuralNet.Training.Metrics;

/// <summary>A metric of one logit a sample, <c>[N×1]</c>, against targets <c>[N×1]</c> that are 0 or 1.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public abstract class BinaryMetric<T> : MatrixMetric<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    protected sealed override void CheckTarget(Matrix<T> prediction, Matrix<T> target, SampleWeights<T> weights)
    {
        base.CheckTarget(prediction, target, weights);
        if (prediction.ColumnCount != 1)
        {
            throw new ArgumentException($"{Title} expects one logit a sample, [{prediction.RowCount}×1], got {prediction.Shape()}.", nameof(prediction));
        }

        ReadOnlySpan<T> values = target.AsSpan();
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] != T.Zero && values[i] != T.One && weights[i] != 0)
            {
                throw new ArgumentOutOfRangeException(nameof(target), values[i], $"{Title} expects targets 0 or 1; that of sample {i} is {values[i]}.");
            }
        }
    }

    /// <inheritdoc/>
    protected sealed override void AddCore(Matrix<T> prediction, Matrix<T> target, SampleWeights<T> weights)
    {
        ReadOnlySpan<T> logits = prediction.AsSpan(), values = target.AsSpan();
        for (int i = 0; i < logits.Length; i++)
        {
            if (weights[i] != 0)
            {
                AddSample(double.CreateTruncating(logits[i]), values[i] == T.One, weights[i]);
            }
        }
    }

    /// <summary>Adds one sample.</summary>
    /// <param name="logit">Its logit.</param>
    /// <param name="isOne">Whether its target is 1.</param>
    /// <param name="weight">What it counts, above 0.</param>
    protected abstract void AddSample(double logit, bool isOne, double weight);
}
