using MathNet.Numerics.LinearAlgebra;

namespace NeuralNet.Core.GradientChecking.Diagnosis;

/// <summary>The right numbers at wrong places: some rows or columns further, or in reverse order.</summary>
internal sealed class MisplacedHypothesis : IHypothesis
{
    private const int Farthest = 3;

    public GradientDiagnosis? Test(GradientEvidence evidence)
    {
        if (evidence.Right is not { } right || evidence.Variable.Count < 2)
        {
            return null;
        }

        int rows = right.RowCount, columns = right.ColumnCount;
        for (int by = 1; by <= Farthest; by++)
        {
            foreach (int shift in (int[])[by, -by])
            {
                string beside = shift > 0 ? "after" : "before";
                GradientDiagnosis? found =
                    Moved((i, j) => (i, j - shift), $"{by} {(by == 1 ? "column" : "columns")} {beside} its place: a slice, a one-hot or a loop is off by {by}")
                    ?? Moved((i, j) => (i - shift, j), $"{by} {(by == 1 ? "row" : "rows")} {beside} its place: a slice, an index or a loop is off by {by}");
                if (found is not null)
                {
                    return found;
                }
            }
        }

        return Moved((i, j) => (i, columns - 1 - j), "in reverse order of the columns, as with a kernel that is not flipped")
            ?? Moved((i, j) => (rows - 1 - i, j), "in reverse order of the rows, as with a kernel that is not flipped")
            ?? Moved((i, j) => (rows - 1 - i, columns - 1 - j), "in reverse order, as with a kernel that is not flipped");

        GradientDiagnosis? Moved(Func<int, int, (int Row, int Column)> from, string words) => Explain(from, words, wraps: false) ?? Explain(from, words, wraps: true);

        GradientDiagnosis? Explain(Func<int, int, (int Row, int Column)> from, string words, bool wraps)
        {
            Matrix<double> moved = right.MapIndexed(
                (i, j, _) =>
                {
                    (int row, int column) = from(i, j);
                    bool isInside = row >= 0 && row < rows && column >= 0 && column < columns;
                    return isInside || wraps ? right[(row + (4 * rows)) % rows, (column + (4 * columns)) % columns] : 0;
                },
                Zeros.Include);
            return evidence.Explain(moved, GradientMistake.Misplaced, $"the gradient stands {words}");
        }
    }
}
