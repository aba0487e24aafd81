using MathNet.Numerics.LinearAlgebra;

namespace NeuralNet.Core.GradientChecking.Diagnosis;

/// <summary>The gradient is zero, everywhere or in whole rows or columns, and right elsewhere.</summary>
internal sealed class MissingHypothesis : IHypothesis
{
    public GradientDiagnosis? Test(GradientEvidence evidence) => evidence.Analytic.AsSpan().ContainsAnyExcept(0.0)
        ? Lines(evidence, line => evidence.Analytic.Row(line), evidence.Analytic.RowCount, "row", rows: true)
            ?? Lines(evidence, line => evidence.Analytic.Column(line), evidence.Analytic.ColumnCount, "column", rows: false)
        : new GradientDiagnosis(
            evidence.Variable.Name,
            GradientMistake.Missing,
            "the gradient is zero everywhere: the backward pass does not reach this variable, or its result is not stored");

    private static GradientDiagnosis? Lines(GradientEvidence evidence, Func<int, Vector<double>> line, int count, string word, bool rows)
    {
        if (evidence.Right is not { } right || count < 2)
        {
            return null;
        }

        int[] missing = [.. Enumerable.Range(0, count).Where(i => line(i).All(g => g == 0) && (rows ? right.Row(i) : right.Column(i)).Any(g => g != 0))];
        foreach (int i in missing)
        {
            if (rows)
            {
                right.ClearRow(i);
            }
            else
            {
                right.ClearColumn(i);
            }
        }

        return missing.Length == 0 ? null : evidence.Explain(
            right,
            GradientMistake.Missing,
            $"{word} {string.Join(", ", missing)} of {count} is zero and the rest right: a loop ends too early or begins too late");
    }
}
