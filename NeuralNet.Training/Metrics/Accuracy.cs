using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;

namespace NeuralNet.Training.Metrics;

/// <summary>How often the largest score is that of the right class.</summary>
public static class Accuracy
{
    /// <summary>The number of samples whose largest score is at their label. Of equal scores the first counts; NaN is never largest.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="scores"><c>[N×C]</c>, logits or probabilities.</param>
    /// <param name="labels">N integers from 0 to C−1.</param>
    /// <exception cref="ArgumentException">The numbers of samples differ.</exception>
    public static int CountCorrect<T>(Matrix<T> scores, ReadOnlySpan<int> labels) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(scores);
        if (scores.RowCount != labels.Length)
        {
            throw new ArgumentException($"Accuracy expects a label for each of the {scores.RowCount} samples, got {labels.Length}.", nameof(labels));
        }

        ReadOnlySpan<T> values = scores.AsSpan();
        int correct = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            int best = -1;
            for (int j = 0; j < scores.ColumnCount; j++)
            {
                T value = values[i + (j * labels.Length)];
                if (!T.IsNaN(value) && (best < 0 || value > values[i + (best * labels.Length)]))
                {
                    best = j;
                }
            }

            correct += best == labels[i] ? 1 : 0;
        }

        return correct;
    }
}
