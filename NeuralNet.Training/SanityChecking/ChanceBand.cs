using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Training.Losses;

namespace NeuralNet.Training.SanityChecking;

/// <summary>Where the first loss of a softmax may lie by chance, given the logits that the untrained network gives to these samples.</summary>
/// <remarks>
/// <para><b>Derivation.</b> The columns of an untrained last layer are drawn from one distribution, so any other assignment π of the labels to the columns would have been as
/// likely. The loss with it is <c>L(π) = Σ_i ω_i (ln Σ_k e^s_ik − s_i,π(y_i)) = const + Σ_c A_c,π(c)</c> with <c>A_cj = −Σ_{i: y_i = c} ω_i s_ij</c> and <c>ω_i = 1/N</c>
/// (or what the class weights make of it). Over all permutations its mean is <c>μ = Σ_i ω_i (ln Σ_k e^s_ik − Σ_k s_ik / C)</c>, and its variance
/// <c>1/(C − 1) · Σ_cj (A_cj − A_c· − A_·j + A_··)²</c>, where a dot is a mean (Hoeffding 1951, "A combinatorial central limit theorem", theorem 2). Nothing is assumed of the
/// samples: that many are alike, as in clusters, is in the numbers, and so is how few they are.</para>
/// <para>μ is ln C where all logits are equal and above it otherwise: about <c>ln C + v/2</c> for logits of variance v. He's weights before the softmax make v = 2 of activations of mean
/// square 1. A smoothing ε takes the factor <c>1 − ε</c> into A.</para>
/// </remarks>
/// <param name="Mean">μ.</param>
/// <param name="Deviation">The standard deviation of L over the permutations.</param>
/// <param name="LogitDeviation">√v: the standard deviation of the logits within a row, root of the mean square over the rows.</param>
internal readonly record struct ChanceBand(double Mean, double Deviation, double LogitDeviation)
{
    /// <summary>The band of a batch.</summary>
    /// <param name="logits"><c>[N×(C·P)]</c>.</param>
    /// <param name="labels">N·P labels.</param>
    /// <param name="loss">The loss, a mean.</param>
    public static ChanceBand Of<T>(Matrix<T> logits, ReadOnlySpan<int> labels, SoftmaxCrossEntropy<T> loss) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ReadOnlySpan<T> scores = logits.AsSpan();
        int rows = labels.Length, classes = scores.Length / rows;
        double kept = 1 - double.CreateTruncating(loss.LabelSmoothing), all = 0, mean = 0, squares = 0;
        var byLabel = new Dictionary<int, double[]>();
        double[] row = new double[classes];
        for (int i = 0; i < rows; i++)
        {
            double weight = loss.ClassWeights.IsEmpty ? 1 : double.CreateTruncating(loss.ClassWeights[labels[i]]);
            if (!byLabel.TryGetValue(labels[i], out double[]? sums))
            {
                byLabel[labels[i]] = sums = new double[classes];
            }

            for (int j = 0; j < classes; j++)
            {
                row[j] = double.CreateTruncating(scores[i + (j * rows)]);
                sums[j] -= kept * weight * row[j];
            }

            double middle = row.Average(), largest = row.Max();
            all += weight;
            mean += weight * (largest + Math.Log(row.Sum(s => Math.Exp(s - largest))) - middle);
            squares += row.Sum(s => (s - middle) * (s - middle)) / classes;
        }

        // Where nothing counts, the loss is 0.
        all = all == 0 ? 1 : all;
        return new ChanceBand(mean / all, classes == 1 ? 0 : Math.Sqrt(SumOfSquares(byLabel.Values, classes) / (classes - 1)) / all, Math.Sqrt(squares / rows));
    }

    // Σ (A_cj − A_c· − A_·j + A_··)²; the rows of labels that do not occur are zero.
    private static double SumOfSquares(Dictionary<int, double[]>.ValueCollection sums, int classes)
    {
        double[] columns = [.. Enumerable.Range(0, classes).Select(j => sums.Sum(row => row[j]) / classes)];
        double grand = columns.Average();
        return sums.Sum(row =>
        {
            double mean = row.Average();
            return row.Select((value, j) => value - mean - columns[j] + grand).Sum(difference => difference * difference);
        }) + ((classes - sums.Count) * columns.Sum(column => (grand - column) * (grand - column)));
    }
}
