using MathNet.Numerics.LinearAlgebra;

namespace NeuralNet.Core.GradientChecking.Diagnosis;

/// <summary>What a loss subtracts from the probabilities is missing, or belongs to another label.</summary>
internal sealed class TargetHypothesis : IHypothesis
{
    public GradientDiagnosis? Test(GradientEvidence evidence) =>
        evidence.Right is not { } right || evidence.Variable.Count < 2 ? null
        : evidence.TakesUpstream && evidence.Output.RowCount * evidence.Output.ColumnCount > 1 ? null
        : Test(evidence, evidence.Analytic - right, right, "sample") ?? Test(evidence, (evidence.Analytic - right).Transpose(), right.Transpose(), "column");

    private static GradientDiagnosis? Test(GradientEvidence evidence, Matrix<double> difference, Matrix<double> right, string sample)
    {
        double size = difference.Enumerate().Max(Math.Abs);
        if (size == 0)
        {
            // All that was measured is right to the last bit, and what is wrong is at a kink.
            return null;
        }

        double[][] rows = [.. difference.EnumerateRows().Select(row => row.Select(d => Math.Abs(d) <= 1e-6 * size ? 0 : d / size).ToArray())];
        bool isFlat = rows.All(row => row.All(d => d == 0 || Math.Abs(Math.Abs(d) - 1) <= 1e-6));
        bool addsUpToZero = right.RowSums().ForAll(sum => Math.Abs(sum) <= 1e-6 * size);
        if (!isFlat || right.ColumnCount < 2)
        {
            return BiasOfSoftmax(evidence, right);
        }

        // What is left without targets are probabilities. Where the rows of the right gradient add up to 0 and each lacks one number, that is the one-hot.
        Matrix<double> given = (right + difference) / size;
        bool isPositive = given.ForAll(p => p is >= 0 and <= 1 + 1e-9);
        if (addsUpToZero && isPositive && rows.All(row => row.Count(d => d != 0) == 1))
        {
            return Found(evidence, GradientMistake.TargetMissing, "the one-hot of the label is not subtracted: this is softmax alone, and it must be softmax − one-hot");
        }

        bool isExchanged = rows.All(row => row.Count(d => d != 0) is 0 or 2 && Math.Abs(row.Sum()) <= 1e-6);
        if (addsUpToZero && isExchanged && IsSoftmaxBut(rows, given))
        {
            int[] shifts =
            [
                .. rows.Where(row => row.Any(d => d != 0))
                    .Select(row => (Array.FindIndex(row, d => d < 0) - Array.FindIndex(row, d => d > 0) + row.Length) % row.Length).Distinct(),
            ];
            int columns = right.ColumnCount;
            string which = shifts is [var shift] && rows.All(row => row.Any(d => d != 0))
                ? $"the label is off by {(shift > columns / 2 ? shift - columns : shift)}"
                : "it belongs to another sample or is another number";
            return Found(evidence, GradientMistake.WrongLabel, $"the one-hot that is subtracted is not that of the {sample}'s label: {which}");
        }

        double[] all = [.. rows.SelectMany(row => row)];
        return isPositive && all.All(d => d >= 0) && all.Contains(0) && all.Count(d => d > 0) > 1
            ? Found(evidence, GradientMistake.TargetMissing, "the targets (0 or 1) are not subtracted: this is the probability alone, and it must be probability − target")
            : null;
    }

    // Probabilities less a one-hot, which stands where the difference is negative; rows without a difference have one somewhere.
    private static bool IsSoftmaxBut(double[][] rows, Matrix<double> given) => rows.Select((row, i) => (Row: row, Given: given.Row(i))).All(
        pair => Math.Abs(pair.Given.Sum()) <= 1e-6
            && pair.Given.Select((g, j) => pair.Row[j] < 0 ? g + 1 : g).All(p => pair.Row.All(d => d == 0) ? p is >= -1 and <= 1 : p is >= 0 and <= 1));

    // The gradient by the bias before a softmax adds up to 0; without the one-hots, to the mean of the probabilities' sums, 1.
    private static GradientDiagnosis? BiasOfSoftmax(GradientEvidence evidence, Matrix<double> right) =>
        right.RowCount == 1 && Math.Abs(right.RowSums()[0]) <= 1e-9 && Math.Abs(evidence.Analytic.RowSums()[0] - 1) <= 1e-9 && evidence.Analytic.ForAll(g => g > 0)
            ? Found(evidence, GradientMistake.TargetMissing, "the one-hots of the labels are not subtracted: these are the means of the softmax alone")
            : null;

    private static GradientDiagnosis Found(GradientEvidence evidence, GradientMistake mistake, string explanation) =>
        new(evidence.Variable.Name, mistake, explanation);
}
