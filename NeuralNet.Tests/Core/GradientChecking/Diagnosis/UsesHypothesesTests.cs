using NeuralNet.Core.Differentiation;
using NeuralNet.Core.GradientChecking;
using NeuralNet.Core.GradientChecking.Diagnosis;
using NeuralNet.Tests.Support;
using static NeuralNet.Tests.Core.GradientChecking.Diagnosis.Evidence;
using static NeuralNet.Tests.Core.GradientChecking.Diagnosis.Formulas;

namespace NeuralNet.Tests.Core.GradientChecking.Diagnosis;

/// <summary>Variables that are used several times, by samples, branches or passes, and the weights of others.</summary>
internal sealed class UsesHypothesesTests
{
    [Test]
    public void Batch_RowForEachSample_HasToBeOfTheBiasColumns()
    {
        Matrix<double> u = Some.Matrix<double>(4, 3), x = Some.Matrix<double>(4, 3, 2), b = Some.Matrix<double>(1, 3, 3);
        GradientDiagnosis? Test(Matrix<double> given) => new BatchHypothesis().Test(Evidence.Of([("b", b)], () => AddToRows(x, b), u, given));

        Test(u).ShouldBe(GradientMistake.NotSummedOverBatch, "not summed over the batch: the gradient has 4 rows, one for each sample; add them up");
        Test(u.SubMatrix(0, 4, 0, 2)).ShouldBeNull();
        Test(2 * u).ShouldBeNull();
        Test(u.SubMatrix(1, 1, 0, 3)).ShouldBe(
            GradientMistake.NotSummedOverBatch, "not summed over the batch: only sample 1 of 4 counts (= instead of += in the loop over samples)");
    }

    [TestCase(new[] { 1, 1 }, true)]
    [TestCase(new[] { 1, 3, 1, 0 }, true)]
    [TestCase(new[] { 1, 1 }, false)]
    [TestCase(new[] { 2, 0, 2, 0, 2 }, false)]
    public void Rows_OneUseCounts_IsNamed(int[] samples, bool isLast)
    {
        Matrix<double> table = Some.Matrix<double>(4, 3), u = Some.Matrix<double>(samples.Length, 3, 2), given = Matrix<double>.Build.Dense(4, 3);
        foreach (int sample in isLast ? Enumerable.Range(0, samples.Length) : Enumerable.Range(0, samples.Length).Reverse())
        {
            given.SetRow(samples[sample], u.Row(sample));
        }

        new RowsHypothesis().Test(Evidence.Of([("table", table)], () => Matrix<double>.Build.DenseOfRowVectors(samples.Select(table.Row)), u, given)).ShouldBe(
            GradientMistake.NotAccumulated,
            $"= instead of += in the rows of a table: of a row that several samples use only the {(isLast ? "last" : "first")} use counts");
    }

    // A single row is a bias, and one output is no batch.
    [Test]
    public void Rows_NoTable_IsNotLookedAt()
    {
        Matrix<double> u = Some.Matrix<double>(4, 3), b = Some.Matrix<double>(1, 3, 3), x = Some.Matrix<double>(4, 3, 2);

        new RowsHypothesis().Test(Evidence.Of([("b", b)], () => AddToRows(x, b), u, u.SubMatrix(3, 1, 0, 3))).ShouldBeNull();
        new RowsHypothesis().Test(Linear(Rows([1, 2], [3, 4]), Rows([1, 2], [5, 4]))).ShouldBeNull();
    }

    // x² + 3x at two places, each with a matrix of its own.
    [TestCase(1, 0, "= instead of += at a fork: only use 1 of 2 counts")]
    [TestCase(0, 1, "use 1 of 2 is lost at a fork: the gradients of the branches add up")]
    [TestCase(2, 3, null)]
    public void Fork_OneBranch_IsNamedByItsNumber(double square, double line, string? words)
    {
        Matrix<double> one = Some.Matrix<double>(2, 3), other = one.Clone(), u = Some.Matrix<double>(2, 3, 2);
        Matrix<double> given = (square * 2 * u.PointwiseMultiply(one)) + (line * 3 * u);

        GradientDiagnosis? found = new ForkHypothesis().Test(
            Evidence.Of([new NamedMatrix<double>("x", one, other)], () => one.PointwisePower(2) + (3 * other), u, given));

        (found is null).ShouldBe(words is null);
        found?.ShouldBe(GradientMistake.NotAccumulated, words!);
    }

    // Two uses alike: either is lost, and each is upstream itself.
    [Test]
    public void Fork_AllFit_IsTheFirstUse()
    {
        Matrix<double> one = Some.Matrix<double>(2, 3), other = one.Clone(), u = Some.Matrix<double>(2, 3, 2);

        new ForkHypothesis().Test(Evidence.Of([new NamedMatrix<double>("x", one, other)], () => one + other, u, u))
            .ShouldBe(GradientMistake.NotAccumulated, "= instead of += at a fork: only use 1 of 2 counts");
    }

    [Test]
    public void Fork_UnchangedBranchLost_IsNamed()
    {
        Matrix<double> x = Some.Matrix<double>(2, 3), u = Some.Matrix<double>(2, 3, 2);

        new ForkHypothesis().Test(Evidence.Of(v => v + Tanh(v), x, u, u.PointwiseMultiply(TanhSlope(Tanh(x)))))
            .ShouldBe(GradientMistake.NotAccumulated, "= instead of += at a fork: upstream of the branch that passes the variable on unchanged is lost");
        new ForkHypothesis().Test(Linear(Rows([3, 2]), Rows([2, 1]))).ShouldBeNull();
    }

    [TestCase(4, 3, true)]
    [TestCase(4, 3, false)]
    [TestCase(3, 3, true)]
    public void Weights_NotTransposed_AreNamed(int samples, int size, bool isLeft)
    {
        Matrix<double> x = isLeft ? Some.Matrix<double>(samples, size) : Some.Matrix<double>(size, samples);
        Matrix<double> w = Some.Matrix<double>(size, size, 2), u = Some.Matrix<double>(x.RowCount, x.ColumnCount, 3);
        GradientDiagnosis? Test(Matrix<double> given) => new WeightsHypothesis().Test(Evidence.Of([("x", x), ("W", w)], () => isLeft ? x * w : w * x, u, given));

        Test(isLeft ? u * w : w * u).ShouldBe(GradientMistake.Transposed, "W is not transposed on the way back: dY·W where dY·Wᵀ belongs");
        Test(u).ShouldBeNull();
    }

    // As many numbers as can be tried, and as few as have an order.
    [TestCase(2, true)]
    [TestCase(5, true)]
    [TestCase(400, true)]
    [TestCase(401, false)]
    public void Weights_InReverseOrder_AreNamedUpTo400(int count, bool isNamed)
    {
        Matrix<double> x = Some.Matrix<double>(1, count), k = Some.Matrix<double>(1, count, 2), before = k.Clone(), u = Some.Matrix<double>(1, count, 3);
        Matrix<double> given = u.MapIndexed((_, j, v) => v * k[0, count - 1 - j]);

        GradientDiagnosis? found = new WeightsHypothesis().Test(
            Evidence.Of([("x", x), ("k", k)], () => x.PointwiseMultiply(k), u, given, entries: [.. Enumerable.Range(0, Math.Min(count, 8))]));

        (found is not null).ShouldBe(isNamed);
        found?.ShouldBe(
            GradientMistake.Misplaced, "k is used in reverse order on the way back: the kernel of a convolution is flipped there, or already is");
        k.ShouldBe(before);
    }

    [Test]
    public void Accumulation_FurtherPasses_AreNamed()
    {
        Matrix<double> right = Rows([1, 2, 3]), wrong = Rows([1, 5, 3]);
        string? Test(Matrix<double> first, Matrix<double> second, Matrix<double> third) =>
            new AccumulationHypothesis().Test(Linear(right, first, accumulation: Accumulation.Of(first, second, third)))?.Explanation;

        Test(right, right, 2 * right).ShouldBeNull();
        Test(right, right, right).ShouldBe("= instead of +=: a second backward pass without clearing must double the gradient, and gives the same again");
        Test(right, right, 3 * right).ShouldBe("a second backward pass without clearing must double the gradient; it makes it 3 times as large");
        Test(right, right, wrong).ShouldBe("a second backward pass without clearing must double the gradient; it makes it something else");
        Test(wrong, wrong, 3 * wrong).ShouldBeNull();
        Test(right, Rows([3, -1, 7]), right).ShouldBe(
            "two backward passes of the same forward pass give different gradients: something random is drawn again (the mask of dropout belongs into the cache), " +
            "or kept from the pass before");
        Test(2 * right, 3 * right, right).ShouldBe("gradients of earlier passes are still in it: each pass adds one more, so an accumulator is never cleared");
    }

    [Test]
    public void Accumulation_NothingToCompare_IsNone()
    {
        Matrix<double> first = Rows([1, 2]), other = Rows([1], [2]);

        Accumulation.Of(first, null, 2 * first).ShouldBeSameAs(Accumulation.None);
        Accumulation.Of(first, other, 2 * first).ShouldBeSameAs(Accumulation.None);
        Accumulation.Of(first, first, null).ShouldBeSameAs(Accumulation.None);
        Accumulation.Of(first, first, other).ShouldBeSameAs(Accumulation.None);
        Accumulation.IsSame(first, other).ShouldBeFalse();
    }
}
