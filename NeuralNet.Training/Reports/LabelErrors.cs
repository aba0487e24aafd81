using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Training.Metrics;

namespace NeuralNet.Training.Reports;

/// <summary>Where a network was wrong about classes: the confusion matrix and the worst mistakes, gathered batch by batch.</summary>
/// <param name="worst">How many mistakes are kept.</param>
internal sealed class LabelErrors<T>(int worst) where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly WorstOf<LabelMistake> _worst = new(worst);

    /// <summary>How often each class was predicted for samples of each class.</summary>
    public ConfusionMatrix<T> Confusion { get; } = new();

    /// <summary>Predictions, those of weight 0 not counted.</summary>
    public long Count { get; private set; }

    /// <summary>Predictions that were wrong.</summary>
    public long Wrong { get; private set; }

    /// <summary>The mistakes of the largest losses.</summary>
    public IReadOnlyList<LabelMistake> Worst => _worst.Items;

    /// <summary>Adds a batch.</summary>
    /// <param name="scores"><c>[N×C]</c>, dense.</param>
    /// <param name="labels">N classes.</param>
    /// <param name="weights"><c>[N×1]</c>, or null.</param>
    /// <param name="sampleOf">The sample that a row belongs to.</param>
    /// <param name="lossOf">The loss of a row; null for the negative logarithm of the share that its class was given.</param>
    public void Add(Matrix<T> scores, ReadOnlyMemory<int> labels, Matrix<T>? weights, Func<int, int> sampleOf, Func<int, double?> lossOf)
    {
        Confusion.Add(scores, labels, weights);
        var row = new double[scores.ColumnCount];
        for (int i = 0; i < labels.Length; i++)
        {
            if (weights is not null && weights[i, 0] == T.Zero)
            {
                continue;
            }

            Count++;
            for (int j = 0; j < row.Length; j++)
            {
                row[j] = double.CreateTruncating(scores[i, j]);
            }

            int actual = labels.Span[i], predicted = Largest(row);
            if (predicted != actual)
            {
                Wrong++;
                double share = Share(row, actual), loss = lossOf(i) ?? -Math.Log(share);
                _worst.Add(new LabelMistake(sampleOf(i), loss, actual, predicted, predicted < 0 ? double.NaN : Share(row, predicted), share), loss);
            }
        }
    }

    // As the confusion matrix has it: of equal ones the first; NaN is never the largest.
    private static int Largest(ReadOnlySpan<double> scores)
    {
        int largest = -1;
        for (int i = 0; i < scores.Length; i++)
        {
            largest = !double.IsNaN(scores[i]) && (largest < 0 || scores[i] > scores[largest]) ? i : largest;
        }

        return largest;
    }

    // Softmax; of log-probabilities that gives the probabilities. What is a distribution already is taken as it is.
    private static double Share(double[] scores, int label)
    {
        if (scores.All(score => score >= 0) && Math.Abs(scores.Sum() - 1) < 1e-3)
        {
            return scores[label];
        }

        double largest = scores.Max();
        return Math.Exp(scores[label] - largest) / scores.Sum(score => Math.Exp(score - largest));
    }
}
