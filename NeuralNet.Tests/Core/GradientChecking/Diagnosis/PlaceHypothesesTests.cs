using NeuralNet.Core.GradientChecking;
using NeuralNet.Core.GradientChecking.Diagnosis;
using static NeuralNet.Tests.Core.GradientChecking.Diagnosis.Evidence;

namespace NeuralNet.Tests.Core.GradientChecking.Diagnosis;

/// <summary>Where the wrong numbers stand: at another place, nowhere, or at places that are told.</summary>
internal sealed class PlaceHypothesesTests
{
    [TestCase(0, 1, "1 column after its place: a slice, a one-hot or a loop is off by 1")]
    [TestCase(0, -1, "1 column before its place: a slice, a one-hot or a loop is off by 1")]
    [TestCase(0, 2, "2 columns after its place: a slice, a one-hot or a loop is off by 2")]
    [TestCase(0, -3, "3 columns before its place: a slice, a one-hot or a loop is off by 3")]
    [TestCase(1, 0, "1 row after its place: a slice, an index or a loop is off by 1")]
    [TestCase(-1, 0, "1 row before its place: a slice, an index or a loop is off by 1")]
    [TestCase(3, 0, "3 rows after its place: a slice, an index or a loop is off by 3")]
    [TestCase(-2, 0, "2 rows before its place: a slice, an index or a loop is off by 2")]
    public void Misplaced_ShiftedMatrix_IsNamedWithAndWithoutWrapping(int down, int across, string words)
    {
        Matrix<double> right = Numbered(7, 8);
        foreach (bool wraps in (bool[])[false, true])
        {
            Matrix<double> given = right.MapIndexed(
                (i, j, _) => wraps || (i - down is >= 0 and < 7 && j - across is >= 0 and < 8) ? right[(i - down + 7) % 7, (j - across + 8) % 8] : 0, Zeros.Include);

            Misplaced(right, given).ShouldBe(GradientMistake.Misplaced, $"the gradient stands {words}");
        }
    }

    [Test]
    public void Misplaced_ReversedMatrix_NamesWhatIsReversed()
    {
        Matrix<double> right = Numbered(4, 5);

        Misplaced(right, right.MapIndexed((i, j, _) => right[i, 4 - j]))
            .ShouldBe(GradientMistake.Misplaced, "the gradient stands in reverse order of the columns, as with a kernel that is not flipped");
        Misplaced(right, right.MapIndexed((i, j, _) => right[3 - i, j]))
            .ShouldBe(GradientMistake.Misplaced, "the gradient stands in reverse order of the rows, as with a kernel that is not flipped");
        Misplaced(right, right.MapIndexed((i, j, _) => right[3 - i, 4 - j]))
            .ShouldBe(GradientMistake.Misplaced, "the gradient stands in reverse order, as with a kernel that is not flipped");
    }

    // The same turned round by half a turn; the same in reverse order of its columns.
    [Test]
    public void Misplaced_SeveralOrdersFit_TakesTheFirst()
    {
        Misplaced(Rows([1, 2, 3], [4, 5, 4], [3, 2, 1]), Rows([3, 2, 1], [4, 5, 4], [1, 2, 3]))!.Explanation.ShouldContain("order of the columns");
        Misplaced(Rows([1, 2, 1], [3, 4, 3], [5, 7, 5]), Rows([5, 7, 5], [3, 4, 3], [1, 2, 1]))!.Explanation.ShouldContain("order of the rows");
    }

    [Test]
    public void Misplaced_SmallestMatrixAndFarthestShift_AreTheLimits()
    {
        Misplaced(Rows([1, 2]), Rows([0, 1]))!.Explanation.ShouldStartWith("the gradient stands 1 column after its place");
        Misplaced(Rows([1]), Rows([3])).ShouldBeNull();
        Matrix<double> right = Numbered(1, 10);
        Misplaced(right, right.MapIndexed((_, j, _) => j < 4 ? 0 : right[0, j - 4], Zeros.Include)).ShouldBeNull();
    }

    [Test]
    public void Missing_RowsAndColumns_AreNamedByNumber()
    {
        Matrix<double> right = Numbered(3, 2);

        Missing(right, Rows([0, 0], right.Row(1).ToArray(), [0, 0]))
            .ShouldBe(GradientMistake.Missing, "row 0, 2 of 3 is zero and the rest right: a loop ends too early or begins too late");
        Missing(right, right.MapIndexed((_, j, v) => j == 1 ? 0 : v))
            .ShouldBe(GradientMistake.Missing, "column 1 of 2 is zero and the rest right: a loop ends too early or begins too late");
        Missing(right, right.MapIndexed((_, j, v) => j == 1 ? 0 : 2 * v)).ShouldBeNull();
        Missing(Rows([1, 2]), Rows([0, 0]))
            .ShouldBe(GradientMistake.Missing, "the gradient is zero everywhere: the backward pass does not reach this variable, or its result is not stored");
    }

    // What is left out is all that the last row has, and all that the last column has.
    [Test]
    public void Missing_RowOrColumn_IsCalledTheRow() =>
        Missing(Rows([1, 0], [0, 2]), Rows([1, 0], [0, 0]))!.Explanation.ShouldStartWith("row 1 of 2 is zero");

    [TestCase(double.NaN, "NaN")]
    [TestCase(double.NegativeInfinity, "-Infinity")]
    public void NotFinite_OneEntry_IsNamedWithItsPlace(double value, string word)
    {
        Matrix<double> right = Numbered(2, 3), given = right.Clone();
        given[1, 2] = value;

        new NotFiniteHypothesis().Test(Linear(right, given)).ShouldBe(
            GradientMistake.NotFinite,
            $"the gradient is {word} at (1, 2): where the function is smooth it has a derivative, and at a kink any slope between the two sides will do, but it must be a number");
        new NotFiniteHypothesis().Test(Linear(right, right)).ShouldBeNull();
    }

    [TestCase(3, 2, "2,0 2,1", "2 of 6 entries looked at are wrong, all in row 2")]
    [TestCase(3, 2, "0,1 2,1", "2 of 6 entries looked at are wrong, all in column 1")]
    [TestCase(3, 2, "0,1 2,0", "2 of 6 entries looked at are wrong")]
    [TestCase(3, 2, "1,1", "1 of 6 entries looked at are wrong, all in row 1")]
    [TestCase(1, 3, "0,2", "1 of 3 entries looked at are wrong, all in column 2")]
    [TestCase(1, 3, "0,1 0,2", "2 of 3 entries looked at are wrong")]
    [TestCase(3, 1, "2,0", "1 of 3 entries looked at are wrong, all in row 2")]
    [TestCase(3, 1, "0,0 2,0", "2 of 3 entries looked at are wrong")]
    [TestCase(1, 1, "0,0", "1 of 1 entries looked at are wrong")]
    public void Unknown_WrongEntries_AreCountedAndPlaced(int rows, int columns, string places, string words)
    {
        Matrix<double> right = Numbered(rows, columns), given = right.Clone();
        foreach (string[] place in places.Split(' ').Select(place => place.Split(',')))
        {
            given[int.Parse(place[0]), int.Parse(place[1])] += 0.5;
        }

        UnknownHypothesis.Describe(Linear(right, given)).ShouldBe(GradientMistake.Unknown, $"no usual mistake explains the numbers; {words}");
    }

    // 1e-6 of an entry's own size.
    [TestCase(1000, 5e-4, 0)]
    [TestCase(1000, 5e-3, 1)]
    [TestCase(0.001, 5e-10, 0)]
    [TestCase(0.001, 5e-9, 1)]
    public void Unknown_SmallDifference_IsMeasuredByTheEntry(double size, double difference, int wrong) =>
        UnknownHypothesis.Describe(Linear(Rows([size, size]), Rows([size, size + difference]))).Explanation
            .ShouldStartWith($"no usual mistake explains the numbers; {wrong} of 2 entries");

    [Test]
    public void Unknown_OtherShape_IsNamed() =>
        UnknownHypothesis.Describe(Linear(Numbered(2, 3), Numbered(3, 3))).ShouldBe(
            GradientMistake.WrongShape, "a gradient has the shape of its variable: that is [2×3], the gradient is [3×3]");

    private static GradientDiagnosis? Misplaced(Matrix<double> right, Matrix<double> given) => new MisplacedHypothesis().Test(Linear(right, given));

    private static GradientDiagnosis? Missing(Matrix<double> right, Matrix<double> given) => new MissingHypothesis().Test(Linear(right, given));

    private static Matrix<double> Numbered(int rows, int columns) => Matrix<double>.Build.Dense(rows, columns, (i, j) => 1 + (i * i) + (3 * i) + (5 * j));
}
