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
    /// <param name="labels">N integers from 0 to C−1. There is no number that stands for a sample to be left out: leave out its row.</param>
    /// <exception cref="ArgumentException">The numbers of samples differ, there is no column, or the scores are not dense.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is none of the classes.</exception>
    public static int CountCorrect<T>(Matrix<T> scores, ReadOnlySpan<int> labels) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(scores);
        if (scores.RowCount != labels.Length)
        {
            throw new ArgumentException($"Accuracy expects a label for each of the {scores.RowCount} samples, got {labels.Length}.", nameof(labels));
        }

        if (scores.ColumnCount == 0)
        {
            throw new ArgumentException($"Accuracy expects a column for each class, at least one, got {scores.Shape()}.", nameof(scores));
        }

        int wrong = labels.IndexOfAnyExceptInRange(0, scores.ColumnCount - 1);
        if (wrong >= 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(labels), labels[wrong], $"Accuracy expects labels from 0 to {scores.ColumnCount - 1}; the label of sample {wrong} is {labels[wrong]}.");
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
