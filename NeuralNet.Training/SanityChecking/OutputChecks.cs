using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Core.Gates;
using NeuralNet.Training.Losses;

namespace NeuralNet.Training.SanityChecking;

/// <summary>Whether the last layer can give what the loss asks of it.</summary>
internal static class OutputChecks
{
    private const string Check = "last layer";
    private const double Rounding = 1e-3;

    /// <summary>What is wrong, at most one thing.</summary>
    /// <param name="pass">The training pass, after a run.</param>
    /// <param name="last">The last layer.</param>
    public static IEnumerable<SanityFinding> Of<T, TTarget>(TrainingPass<T, TTarget> pass, NetworkPart<T> last) where T : unmanaged, IFloatingPointIeee754<T>
    {
        double largest = pass.Output.AsSpan().ToArray().Max(double.CreateTruncating);
        bool areShares = last.Gate is Softmax<T> || AreShares(pass.Output, Positions(pass.Loss));
        string advice = pass.Loss switch
        {
            SoftmaxCrossEntropy<T> or SoftCrossEntropy<T> when areShares =>
                $"the softmax is applied twice: {pass.Loss} takes logits and applies it itself. Leave out {last.Gate} at the end of the network",
            NegativeLogLikelihood<T> when areShares =>
                $"the logarithm is missing: {pass.Loss} takes logarithms of probabilities. End the network in LogSoftmax, or in nothing and take SoftmaxCrossEntropy",
            BinaryCrossEntropy<T> when last.Gate is Sigmoid<T> =>
                $"the sigmoid is applied twice: {pass.Loss} takes logits and applies it itself. Leave out {last.Gate} at the end of the network",
            BinaryCrossEntropy<T> when last.Gate is Softmax<T> =>
                $"a softmax before a sigmoid: {pass.Loss} takes logits and applies a sigmoid itself. Leave out {last.Gate} at the end of the network",
            ElementwiseLoss<T> and not BinaryCrossEntropy<T> when pass.Target is Matrix<T> target => OutOfReach(last.Gate, target),
            _ => "",
        };
        return advice.Length == 0 ? [] : [new SanityFinding(Check, largest, "the values that the loss takes", false, advice)];
    }

    private static string OutOfReach<T>(Gate<T> last, Matrix<T> target) where T : unmanaged, IFloatingPointIeee754<T>
    {
        (double lowest, double highest) = last switch
        {
            Sigmoid<T> or Softmax<T> => (0, 1),
            Tanh<T> => (-1, 1),
            ReLU<T> or Softplus<T> or Exp<T> => (0, double.PositiveInfinity),
            LogSoftmax<T> => (double.NegativeInfinity, 0),
            _ => (double.NegativeInfinity, double.PositiveInfinity),
        };
        double[] targets = Array.ConvertAll(target.AsSpan().ToArray(), double.CreateTruncating);
        int outside = targets.Count(t => t < lowest - Rounding || t > highest + Rounding);
        return outside == 0 ? ""
            : $"{last} gives numbers {(double.IsFinite(lowest) && double.IsFinite(highest) ? $"from {Number.Text(lowest)} to {Number.Text(highest)}" : double.IsFinite(lowest) ? "from 0 up" : "up to 0")}, " +
              $"and {outside} of {targets.Length} targets are outside, which run from {Number.Text(targets.Min())} to {Number.Text(targets.Max())}: end the network without it, or scale the targets";
    }

    private static int Positions<T, TTarget>(Loss<T, TTarget> loss) where T : unmanaged, IFloatingPointIeee754<T> =>
        loss is Loss<T, ReadOnlyMemory<int>> byLabel && byLabel is LabelLoss<T> labels ? labels.Positions : 1;

    // Whether the numbers of each row are not negative and sum to 1, as a softmax of whatever make gives them.
    private static bool AreShares<T>(Matrix<T> output, int positions) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[] values = output.AsSpan().ToArray();
        int rows = output.RowCount * positions, classes = values.Length / rows;
        double[] sums = new double[rows];
        for (int i = 0; i < values.Length; i++)
        {
            sums[i % rows] += double.CreateTruncating(values[i]);
        }

        return classes > 1 && Array.TrueForAll(values, value => value >= T.Zero) && Array.TrueForAll(sums, sum => Math.Abs(sum - 1) < Rounding);
    }
}
