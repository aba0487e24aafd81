using NeuralNet.Core.GradientChecking;
using NeuralNet.Core.GradientChecking.Diagnosis;
using NeuralNet.Tests.Support;
using static NeuralNet.Tests.Core.GradientChecking.Diagnosis.Evidence;
using static NeuralNet.Tests.Core.GradientChecking.Diagnosis.Formulas;

namespace NeuralNet.Tests.Core.GradientChecking.Diagnosis;

/// <summary>Sums and means over the wrong axis, and statistics taken for constants.</summary>
internal sealed class AxisHypothesesTests
{
    private const string Sum = "the wrong axis: a sum goes over rows where it must go over columns, or the reverse";
    private const string Mean = "the wrong axis: the mean on the way back is that of the other axis";
    private const string Terms = "taken for a constant: the terms by which the variable changes them are left out";

    private static readonly Matrix<double> X = Some.Matrix<double>(2, 3), U = Some.Matrix<double>(2, 3, 2);

    [Test]
    public void Broadcast_Transposed_IsTheWrongAxis()
    {
        Axis(Linear(Rows([1, 1], [0, 0]), Rows([1, 0], [1, 0]))).ShouldBe(GradientMistake.WrongAxis, Sum);
        Axis(Linear(Rows([1, 0], [1, 0]), Rows([1, 1], [0, 0]))).ShouldBe(GradientMistake.WrongAxis, Sum);
        Axis(Linear(Rows([1, 1.1], [0, 0]), Rows([1, 0], [1.1, 0]))).ShouldBeNull();
        Axis(Linear(Rows([1, 1, 1], [2, 2, 2]), Rows([1, 2], [1, 2], [1, 2]))).ShouldBeNull();
    }

    [Test]
    public void SquareOutput_UpstreamTransposed_IsTheWrongAxis()
    {
        Matrix<double> x = Some.Matrix<double>(3, 3), u = Some.Matrix<double>(3, 3, 2), w = Some.Matrix<double>(3, 3, 3);

        Axis(Evidence.Of(v => v.PointwiseMultiply(w), x, u, w.PointwiseMultiply(u.Transpose()))).ShouldBe(GradientMistake.WrongAxis, Sum);
        Axis(Evidence.Of(v => v.PointwiseMultiply(w), x, u, w.PointwiseMultiply(Rows([1, 2, 3], [4, 5, 6], [7, 8, 9])))).ShouldBeNull();
        Axis(Evidence.Of(v => 2 * v, Rows([1]), Rows([3]), Rows([5]))).ShouldBeNull();
    }

    [TestCase("columns", "rows")]
    [TestCase("everything", "rows")]
    [TestCase("rows", "columns")]
    public void Softmax_SumOverAnotherAxis_IsNamed(string wrong, string axis)
    {
        string words = $"the wrong axis: the softmax's sum on the way back goes over {wrong}, and not over what adds up to 1";
        Matrix<double> Of(Matrix<double> x) => axis == "rows" ? Softmax(x) : Softmax(x.Transpose()).Transpose();
        Matrix<double> p = Of(X), sums = Sums(U.PointwiseMultiply(p), wrong);

        Axis(Evidence.Of(Of, X, U, p.PointwiseMultiply(U - sums))).ShouldBe(GradientMistake.WrongAxis, words);
        Axis(Evidence.Of(x => Of(x).PointwiseLog(), X, U, U - p.PointwiseMultiply(Sums(U, wrong)))).ShouldBe(GradientMistake.WrongAxis, words);
    }

    // Positive numbers that do not add up to 1 in every row, or that are alone in theirs, are no softmax.
    [Test]
    public void Softmax_OtherOutputs_AreNone()
    {
        Matrix<double> y = Rows([0.5, 0.5], [0.7, 0.9]), u = Rows([1, 2], [-3, 5]), ones = Rows([1], [1], [1]), v = Rows([1], [2], [-5]);

        Axis(Evidence.Of(x => x.Clone(), y, u, y.PointwiseMultiply(u - Along(u.PointwiseMultiply(y), rows: true)))).ShouldBeNull();
        Axis(Evidence.Of(x => x.Clone(), ones, v, v + 2)).ShouldBeNull();
    }

    [TestCase("rows", "columns")]
    [TestCase("rows", "everything")]
    [TestCase("columns", "rows")]
    [TestCase("everything", "columns")]
    public void Centred_MeanOfAnotherAxis_IsNamed(string axis, string wrong)
    {
        Axis(Evidence.Of(x => x - Means(x, axis), X, U, U - Means(U, wrong))).ShouldBe(GradientMistake.WrongAxis, Mean);
        Axis(Evidence.Of(x => 2 * x, X, U, U - Means(U, wrong))).ShouldBeNull();
    }

    // Upstream aᵢ + aⱼ: less the means of its columns it is the transpose of the right gradient, which is the same in all rows.
    [Test]
    public void WrongAxis_SumAndMeanFit_IsTheSum()
    {
        Matrix<double> x = Some.Matrix<double>(3, 3), a = Matrix<double>.Build.Dense(3, 3, (i, j) => (i * i) + (j * j));
        Matrix<double> c = Rows([2, -1, -1], [-1, 2, -1], [-1, -1, 2]), u = c + Rows([0.5, -1, 2], [0.5, -1, 2], [0.5, -1, 2]);

        Axis(Evidence.Of(v => v - Means(v, "rows"), x, a, a - Means(a, "columns"))).ShouldBe(GradientMistake.WrongAxis, Sum);
        Axis(Evidence.Of(v => v - Means(v, "rows"), x, u, c)).ShouldBe(GradientMistake.WrongAxis, Sum);
    }

    // Logarithms of a third each, less the mean: as of a log-softmax of equal scores.
    [Test]
    public void WrongAxis_SoftmaxAndMeanFit_IsTheSoftmax()
    {
        Matrix<double> x = Matrix<double>.Build.Dense(3, 3), u = Some.Matrix<double>(3, 3, 2);

        Axis(Evidence.Of(v => v - Means(v, "rows") - Math.Log(3), x, u, u - Means(u, "columns")))!.Explanation
            .ShouldBe("the wrong axis: the softmax's sum on the way back goes over columns, and not over what adds up to 1");
    }

    [TestCase(false, "over the batch (columns)")]
    [TestCase(true, "over the features (rows)")]
    public void Statistic_MeanAsConstant_IsNamed(bool rows, string axis) => Statistic(x => x - Formulas.Mean(x, rows), X, U, U)
        .ShouldBe(GradientMistake.StatisticTakenAsConstant, $"the mean {axis} is taken for a constant: it depends on the variable, too");

    [TestCase(1)]
    [TestCase(1e-6)]
    public void Statistic_DivisorAsConstant_IsNamedAtAnyScale(double scale)
    {
        const string Words = "what the variable is divided by (a norm, a sum) is taken for a constant: it depends on the variable, too";
        static Matrix<double> Unit(Matrix<double> x) => x.PointwiseDivide(Along(x.PointwisePower(2), rows: true).PointwiseSqrt());
        Matrix<double> x = scale * X;

        Statistic(Unit, x, U, U.PointwiseMultiply(Unit(x)).PointwiseDivide(x)).ShouldBe(GradientMistake.StatisticTakenAsConstant, Words);
        Statistic(v => Unit(v.Transpose()).Transpose(), x, U, U.PointwiseMultiply(Unit(x.Transpose()).Transpose()).PointwiseDivide(x))
            .ShouldBe(GradientMistake.StatisticTakenAsConstant, Words);
    }

    // What differs by more than rounding from entry to entry is no divisor of a row or a column.
    [TestCase(1e-6)]
    [TestCase(1)]
    public void Statistic_FactorOfEachEntry_IsNone(double scale)
    {
        Matrix<double> factors = scale * Rows([1, 2, 3], [4, 5, 7]);

        Statistic(x => x.PointwiseMultiply(factors).PointwiseMultiply(x).PointwiseDivide(X), X, U, U.PointwiseMultiply(factors)).ShouldBeNull();
    }

    [TestCase(2, 3, false, 1)]
    [TestCase(4, 1, false, 2)]
    [TestCase(4, 3, false, -0.5)]
    [TestCase(2, 3, true, 1)]
    [TestCase(4, 2, true, 1)]
    public void Statistic_OfNormalization_IsNamed(int rows, int columns, bool ofRows, double gain)
    {
        string axis = ofRows ? "the features" : "the batch";
        Matrix<double> x = 0.1 * Some.Matrix<double>(rows, columns, 3), u = Some.Matrix<double>(rows, columns, 4);
        Matrix<double> Deviation(Matrix<double> v) => (Formulas.Mean((v - Formulas.Mean(v, ofRows)).PointwisePower(2), ofRows) + 1e-3).PointwiseSqrt();
        Matrix<double> Normalize(Matrix<double> v) => (v - Formulas.Mean(v, ofRows)).PointwiseDivide(Deviation(v));
        Matrix<double> z = Normalize(x), variance = z.PointwiseMultiply(Formulas.Mean(u.PointwiseMultiply(z), ofRows));

        foreach ((Matrix<double> given, string what) in new[] { (u, "mean and variance of"), (u - Formulas.Mean(u, ofRows), "the variance of"), (u - variance, "the mean of") })
        {
            Statistic(v => (gain * Normalize(v)) + 0.25, x, u, gain * given.PointwiseDivide(Deviation(x)))
                .ShouldBe(GradientMistake.StatisticTakenAsConstant, $"{what} {axis} {Terms}");
        }
    }

    private static GradientDiagnosis? Axis(GradientEvidence evidence) => new WrongAxisHypothesis().Test(evidence);

    private static GradientDiagnosis? Statistic(Func<Matrix<double>, Matrix<double>> forward, Matrix<double> x, Matrix<double> upstream, Matrix<double> given) =>
        new StatisticHypothesis().Test(Evidence.Of(forward, x, upstream, given));

    private static Matrix<double> Sums(Matrix<double> m, string axis) =>
        axis == "everything" ? m.Map(_ => m.Enumerate().Sum(), Zeros.Include) : Along(m, rows: axis == "rows");

    private static Matrix<double> Means(Matrix<double> m, string axis) =>
        Sums(m, axis) / (axis == "everything" ? m.RowCount * m.ColumnCount : axis == "rows" ? m.ColumnCount : m.RowCount);
}
