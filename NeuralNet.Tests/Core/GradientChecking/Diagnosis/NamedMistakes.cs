using NeuralNet.Core.Differentiation;
using NeuralNet.Core.GradientChecking;
using NeuralNet.Tests.Support;
using static NeuralNet.Tests.Core.GradientChecking.Diagnosis.Formulas;

namespace NeuralNet.Tests.Core.GradientChecking.Diagnosis;

/// <summary>More wrong gradients: mistakes in losses, normalisations, convolutions and networks of several layers.</summary>
internal static class NamedMistakes
{
    private static readonly int[] Labels = [0, 2, 1, 2];

    /// <summary>As <see cref="WrongGradients.All"/>.</summary>
    public static IEnumerable<TestCaseData> All()
    {
        yield return Scores("softmax without the one-hot", z => Softmax(z) / 4, GradientMistake.TargetMissing, "softmax − one-hot");
        yield return Scores("label off by one", z => (Softmax(z) - OneHot([1, 0, 2, 0], 3)) / 4, GradientMistake.WrongLabel, "the label is off by 1");
        yield return Scores("labels of other samples", z => (Softmax(z) - OneHot([2, 1, 2, 0], 3)) / 4, GradientMistake.WrongLabel, "another sample");
        yield return Elementwise("softmax, its diagonal", Softmax, (dy, x, y) => dy.PointwiseMultiply(SigmoidSlope(y)), GradientMistake.DiagonalOnly, "p(1 − p)");
        yield return Elementwise("softmax, the sum over columns", Softmax, (dy, x, y) => y.PointwiseMultiply(dy - Along(dy.PointwiseMultiply(y), rows: false)),
            GradientMistake.WrongAxis, "the softmax's sum on the way back goes over columns");
        yield return Elementwise("slice, a column off", x => Keep(x, 1, 2), (dy, x, y) => Keep(dy, 1, 2).MapIndexed((i, j, _) => j < 2 ? Keep(dy, 1, 2)[i, j + 1] : 0, Zeros.Include),
            GradientMistake.Misplaced, "1 column before its place");
        yield return Function("row sums, upstream along columns", "x", [("x", Some.Matrix<double>(3, 3))],
            v => v[0].RowSums().ToColumnMatrix(), (dy, v) => [v[0].MapIndexed((i, j, _) => dy[j, 0], Zeros.Include)], GradientMistake.WrongAxis, "wrong axis");
        yield return Elementwise("ReLU, mask of upstream", Relu, (dy, x, y) => Relu(dy), GradientMistake.WrongMask, "sign of upstream");
        yield return Elementwise("leaky ReLU, no slope", x => x.Map(v => v > 0 ? v : 0.2 * v), (dy, x, y) => dy.PointwiseMultiply(Mask(x)),
            GradientMistake.WrongActivationDerivative, "0.2, as of a leaky ReLU");
        yield return Elementwise("cube, x³ for x²", x => x.PointwisePower(3), (dy, x, y) => dy.PointwiseMultiply(3 * y),
            GradientMistake.WrongActivationDerivative, "x^n for x^(n − 1)");
        yield return Elementwise("less the batch's mean, a constant", x => x - Mean(x, rows: false), (dy, x, y) => dy,
            GradientMistake.StatisticTakenAsConstant, "the mean over the batch");
        yield return Elementwise("batch norm, mean and variance constant", x => Normalize(x, rows: false), (dy, x, y) => dy.PointwiseDivide(Deviation(x, rows: false)),
            GradientMistake.StatisticTakenAsConstant, "mean and variance of the batch");
        yield return Elementwise("layer norm, mean constant", x => Normalize(x, rows: true),
            (dy, x, y) => (dy - y.PointwiseMultiply(Mean(dy.PointwiseMultiply(y), rows: true))).PointwiseDivide(Deviation(x, rows: true)),
            GradientMistake.StatisticTakenAsConstant, "the mean of the features");
        yield return Elementwise("layer norm, variance constant", x => Normalize(x, rows: true),
            (dy, x, y) => (dy - Mean(dy, rows: true)).PointwiseDivide(Deviation(x, rows: true)),
            GradientMistake.StatisticTakenAsConstant, "the variance of the features");
        yield return Function("embedding that assigns", "table", [("table", Some.Matrix<double>(5, 3))],
            v => Rows(v[0], [1, 3, 1, 0]), (dy, v) => [Assign(v[0], dy, [1, 3, 1, 0])], GradientMistake.NotAccumulated, "only the last use counts");
        yield return Function("convolution, kernel not flipped", "x", [("x", Some.Matrix<double>(2, 6)), ("k", Some.Matrix<double>(1, 3, 2))],
            v => Convolve(v[0], v[1]), (dy, v) => [Spread(dy, v[1].MapIndexed((_, j, _) => v[1][0, 2 - j]), 6), KernelGradient(dy, v[0], 3)],
            GradientMistake.Misplaced, "kernel");
        yield return Function("last row left out", "x", [("x", Some.Matrix<double>(4, 3))],
            v => Tanh(v[0]), (dy, v) => [LastRowCleared(dy.PointwiseMultiply(TanhSlope(Tanh(v[0]))))], GradientMistake.Missing, "row 3 of 4 is zero");
        yield return TwoLayers("hidden derivative forgotten", "W1", (x, h, dh, w2, dy) => x.Transpose() * dh, GradientMistake.LayerDerivative, "tanh of hidden layer 1 is forgotten");
        yield return TwoLayers("pre-activations for activations", "W2", (x, h, dh, w2, dy) => h.Map(Math.Atanh, Zeros.Include).Transpose() * dy,
            GradientMistake.WrongInput, "before the activation");
        yield return TwoLayers("1 − tanh in the hidden layer", "W1", (x, h, dh, w2, dy) => x.Transpose() * dh.PointwiseMultiply(1 - h),
            GradientMistake.WrongActivationDerivative, "in hidden layer 1: 1 − tanh");
        yield return TwoLayers("square weights, untransposed", "W1", (x, h, dh, w2, dy) => x.Transpose() * (dy * w2).PointwiseMultiply(TanhSlope(h)),
            GradientMistake.Transposed, "W2 is not transposed");
        yield return TwoLayers("weights updated first", "W1", (x, h, dh, w2, dy) => x.Transpose() * (dy * (w2 - (0.1 * h.Transpose() * dy)).Transpose()).PointwiseMultiply(TanhSlope(h)),
            GradientMistake.UpdatedBeforeUse, "updated (by 0.1");
        yield return Function("tied weights, one use", "W", [("X", Some.Matrix<double>(4, 3)), ("W", Some.Matrix<double>(3, 3, 2))],
            v => Tanh(v[0] * v[1]) * v[1].Transpose(),
            (dy, v) =>
            {
                Matrix<double> h = Tanh(v[0] * v[1]), dz = (dy * v[1]).PointwiseMultiply(TanhSlope(h));
                return [dz * v[1].Transpose(), dy.Transpose() * h];
            },
            GradientMistake.NotAccumulated, "used by several layers");
        yield return Function("transposed and halved", "W", [("X", Some.Matrix<double>(4, 3)), ("W", Some.Matrix<double>(3, 3, 2))],
            v => v[0] * v[1], (dy, v) => [dy * v[1].Transpose(), dy.Transpose() * v[0] / 2], GradientMistake.Transposed, "two mistakes");
        yield return Function("sign and mean in one", "W", [("X", Some.Matrix<double>(4, 3)), ("W", Some.Matrix<double>(3, 2, 2))],
            v => v[0] * v[1], (dy, v) => [dy * v[1].Transpose(), -v[0].Transpose() * dy / 4], GradientMistake.WrongFactor, "-0.25 = −1/N");
    }

    /// <summary>Two variables, each with a mistake of its own: both are named.</summary>
    public static DifferentiableFunction<double> Both() => Function(
        "two mistakes", [("X", Some.Matrix<double>(4, 3)), ("W", Some.Matrix<double>(3, 2, 2)), ("b", Some.Matrix<double>(1, 2, 3))],
        v => AddToRows(v[0] * v[1], v[2]), (dy, v) => [-dy * v[1].Transpose(), v[0].Transpose() * dy / 4, Sum(dy)]);

    private static TestCaseData Scores(string name, Func<Matrix<double>, Matrix<double>> gradient, GradientMistake mistake, string words)
    {
        Matrix<double> scores = Some.Matrix<double>(4, 3);
        return Case(name, DifferentiableFunction<double>.OfScalar(name, [("scores", scores)], () => CrossEntropy(scores, Labels), () => [gradient(scores)]), "scores", mistake, words);
    }

    // Y = tanh(X·W1 + b1)·W2 + b2, all weights [3×3]; what is wrong is given X, the hidden layer, its upstream, W2 and dY.
    private static TestCaseData TwoLayers(
        string name,
        string variable,
        Func<Matrix<double>, Matrix<double>, Matrix<double>, Matrix<double>, Matrix<double>, Matrix<double>> wrong,
        GradientMistake mistake,
        string words) =>
        Function(
            name,
            variable,
            [("X", Some.Matrix<double>(4, 3)), ("W1", Some.Matrix<double>(3, 3, 2)), ("b1", Some.Matrix<double>(1, 3, 3)), ("W2", Some.Matrix<double>(3, 3, 4)), ("b2", Some.Matrix<double>(1, 3, 5))],
            v => AddToRows(Tanh(AddToRows(v[0] * v[1], v[2])) * v[3], v[4]),
            (dy, v) =>
            {
                Matrix<double> h = Tanh(AddToRows(v[0] * v[1], v[2])), dh = dy * v[3].Transpose(), dz = dh.PointwiseMultiply(TanhSlope(h));
                Matrix<double> w1 = v[0].Transpose() * dz, w2 = h.Transpose() * dy, instead = wrong(v[0], h, dh, v[3], dy);
                return [dz * v[1].Transpose(), variable == "W1" ? instead : w1, Sum(dz), variable == "W2" ? instead : w2, Sum(dy)];
            },
            mistake,
            words);

    private static Matrix<double> Keep(Matrix<double> x, int first, int count) =>
        x.MapIndexed((_, j, v) => j >= first && j < first + count ? v : 0, Zeros.Include);

    private static Matrix<double> Deviation(Matrix<double> x, bool rows) =>
        Mean((x - Mean(x, rows)).PointwisePower(2), rows).Map(v => Math.Sqrt(v + 1e-5), Zeros.Include);

    private static Matrix<double> Normalize(Matrix<double> x, bool rows) => (x - Mean(x, rows)).PointwiseDivide(Deviation(x, rows));

    private static Matrix<double> Rows(Matrix<double> table, int[] rows) => Matrix<double>.Build.DenseOfRowVectors(rows.Select(table.Row));

    private static Matrix<double> Assign(Matrix<double> table, Matrix<double> dy, int[] rows)
    {
        Matrix<double> gradient = Matrix<double>.Build.Dense(table.RowCount, table.ColumnCount);
        for (int i = 0; i < rows.Length; i++)
        {
            gradient.SetRow(rows[i], dy.Row(i));
        }

        return gradient;
    }

    private static Matrix<double> Convolve(Matrix<double> x, Matrix<double> k) => Matrix<double>.Build.Dense(
        x.RowCount, x.ColumnCount - k.ColumnCount + 1, (i, j) => Enumerable.Range(0, k.ColumnCount).Sum(t => x[i, j + t] * k[0, t]));

    private static Matrix<double> Spread(Matrix<double> dy, Matrix<double> k, int columns) => Matrix<double>.Build.Dense(
        dy.RowCount, columns, (i, j) => Enumerable.Range(0, k.ColumnCount).Where(t => j - t >= 0 && j - t < dy.ColumnCount).Sum(t => dy[i, j - t] * k[0, t]));

    private static Matrix<double> KernelGradient(Matrix<double> dy, Matrix<double> x, int length) => Matrix<double>.Build.Dense(
        1, length, (_, t) => Enumerable.Range(0, dy.RowCount).Sum(i => Enumerable.Range(0, dy.ColumnCount).Sum(j => dy[i, j] * x[i, j + t])));

    private static Matrix<double> LastRowCleared(Matrix<double> m)
    {
        m.ClearRow(m.RowCount - 1);
        return m;
    }
}
