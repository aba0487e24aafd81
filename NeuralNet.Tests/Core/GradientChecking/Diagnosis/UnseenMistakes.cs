using NeuralNet.Core.Differentiation;
using NeuralNet.Core.GradientChecking;
using NeuralNet.Tests.Support;
using static NeuralNet.Tests.Core.GradientChecking.Diagnosis.Formulas;

namespace NeuralNet.Tests.Core.GradientChecking.Diagnosis;

/// <summary>Wrong gradients that were written down after the hypotheses were, to measure how many of those that people bring are named.</summary>
internal static class UnseenMistakes
{
    private static readonly int[] Labels = [3, 0, 1, 1, 2];

    /// <summary>As <see cref="WrongGradients.All"/>.</summary>
    public static IEnumerable<TestCaseData> All()
    {
        NamedMatrix<double>[] x = [("x", Some.Matrix<double>(5, 4, 7))];
        yield return Of("SiLU without its second term", v => v.PointwiseMultiply(Sigmoid(v)), (u, v) => u.PointwiseMultiply(Sigmoid(v)),
            GradientMistake.WrongActivationDerivative);
        yield return Of("square root, without ½", v => (v + 2).PointwiseSqrt(), (u, v) => u.PointwiseDivide((v + 2).PointwiseSqrt()), GradientMistake.WrongFactor);
        yield return Of("reciprocal, sign", v => 1 / (v + 3), (u, v) => u.PointwiseDivide((v + 3).PointwisePower(2)), GradientMistake.SignFlipped);
        yield return Of("row means, without 1/M", v => Mean(v, rows: true), (u, v) => Along(u, rows: true), GradientMistake.WrongFactor);
        yield return Of("log-softmax, upstream alone", v => Softmax(v).PointwiseLog(), (u, v) => u, GradientMistake.LocalGradientIgnored);
        yield return Of("log-softmax, sum over the batch", v => Softmax(v).PointwiseLog(), (u, v) => u - Softmax(v).PointwiseMultiply(Along(u, rows: false)), GradientMistake.WrongAxis);
        yield return Of("softmax as a sigmoid", Softmax, (u, v) => u.PointwiseMultiply(SigmoidSlope(Softmax(v))), GradientMistake.DiagonalOnly);
        yield return Of("rows of length 1, the length a constant", Unit, (u, v) => u.PointwiseDivide(Length(v)), GradientMistake.StatisticTakenAsConstant);
        yield return Of("shares of a sum, the sum a constant", v => (v + 2).PointwiseDivide(Along(v + 2, rows: true)), (u, v) => u.PointwiseDivide(Along(v + 2, rows: true)),
            GradientMistake.StatisticTakenAsConstant);
        yield return Of("centred rows, mean a constant", v => v - Mean(v, rows: true), (u, v) => u, GradientMistake.StatisticTakenAsConstant);
        yield return Of("centred rows, mean of columns", v => v - Mean(v, rows: true), (u, v) => u - Mean(u, rows: false), GradientMistake.WrongAxis);
        yield return Of("running sums, not turned round", v => Running(v), (u, v) => Running(u), GradientMistake.Transposed);
        yield return Of("clip, without its mask", v => v.PointwiseMaximum(-0.5).PointwiseMinimum(0.5), (u, v) => u, GradientMistake.LocalGradientIgnored);
        yield return Of("ReLU, mask inverted", Relu, (u, v) => u.PointwiseMultiply(Mask(-v)), GradientMistake.WrongMask);
        yield return Of("skip connection, lost", v => v + Sigmoid(v), (u, v) => u.PointwiseMultiply(SigmoidSlope(Sigmoid(v))), GradientMistake.NotAccumulated);
        yield return Of("rows rolled, rolled on", v => Roll(v, 1), (u, v) => Roll(u, 1), GradientMistake.Transposed);
        yield return Of("a column left out", v => v.PointwisePower(2), (u, v) => LastColumnCleared(2 * u.PointwiseMultiply(v)), GradientMistake.Missing);
        yield return Of("batch norm, variance a constant", v => Norm(v), (u, v) => (u - Mean(u, rows: false)).PointwiseDivide(Deviation(v)), GradientMistake.StatisticTakenAsConstant);
        yield return Of("sine, cosine's sign and a factor", v => v.Map(Math.Cos), (u, v) => 2 * u.PointwiseMultiply(v.Map(Math.Sin)), GradientMistake.WrongFactor);

        yield return Loss("cross-entropy, sum for mean", z => Softmax(z) - OneHot(Labels, 4), GradientMistake.WrongFactor);
        yield return Loss("cross-entropy, no one-hot", z => Softmax(z) / 5, GradientMistake.TargetMissing);
        yield return Loss("cross-entropy, labels from 1", z => (Softmax(z) - OneHot([2, 3, 0, 0, 1], 4)) / 5, GradientMistake.WrongLabel);
        yield return Loss("cross-entropy, one-hot − softmax", z => (OneHot(Labels, 4) - Softmax(z)) / 5, GradientMistake.SignFlipped);

        yield return Function("quotient, by the divisor without upstream", "y", [("x", Some.Matrix<double>(3, 4)), ("y", Some.Matrix<double>(3, 4, 2) + 3)],
            v => v[0].PointwiseDivide(v[1]), (u, v) => [u.PointwiseDivide(v[1]), -v[0].PointwiseDivide(v[1].PointwisePower(2))], GradientMistake.UpstreamIgnored, "");
        yield return Function("outer sum, bias by the mean", "b", [("X", Some.Matrix<double>(6, 3)), ("b", Some.Matrix<double>(1, 3, 2))],
            v => AddToRows(v[0], v[1]), (u, v) => [u, Sum(u) / 6], GradientMistake.WrongFactor, "");
        yield return Function("two tables, exchanged", "q", [("q", Some.Matrix<double>(3, 4)), ("k", Some.Matrix<double>(3, 4, 2))],
            v => v[0] * v[1].Transpose(), (u, v) => [u.Transpose() * v[0], u * v[1]], GradientMistake.OtherVariable, "");
        yield return Function("recurrence, the last step alone", "W", [("h", Some.Matrix<double>(2, 3)), ("W", Some.Matrix<double>(3, 3, 2))],
            v => Tanh(Tanh(v[0] * v[1]) * v[1]),
            (u, v) =>
            {
                Matrix<double> h = Tanh(v[0] * v[1]), d2 = u.PointwiseMultiply(TanhSlope(Tanh(h * v[1]))), d1 = (d2 * v[1].Transpose()).PointwiseMultiply(TanhSlope(h));
                return [d1 * v[1].Transpose(), h.Transpose() * d2];
            },
            GradientMistake.NotAccumulated, "");
        yield return Network("three layers, the derivative of another", "W1", (l, d) => l.X.Transpose() * d.H1.PointwiseMultiply(SigmoidSlope(l.H2)), GradientMistake.LayerDerivative);
        yield return Network("three layers, one forgotten", "W1", (l, d) => l.X.Transpose() * d.H1, GradientMistake.LayerDerivative);
        yield return Network("three layers, σ for σ′", "W2", (l, d) => l.H1.Transpose() * d.H2.PointwiseMultiply(l.H2), GradientMistake.WrongActivationDerivative);
        yield return Network("three layers, another's input", "W2", (l, d) => l.H2.Transpose() * d.Z2, GradientMistake.WrongInput);
        yield return Network("three layers, transposed and negated", "W3", (l, d) => -(l.H2.Transpose() * d.Y).Transpose(), GradientMistake.Transposed);
        yield return Network("three layers, only the first sample", "b1", (l, d) => d.Z1.SubMatrix(0, 1, 0, 3), GradientMistake.NotSummedOverBatch);

        TestCaseData Of(string name, Func<Matrix<double>, Matrix<double>> forward, Func<Matrix<double>, Matrix<double>, Matrix<double>> backward, GradientMistake mistake)
        {
            Matrix<double> value = x[0].Value.Clone();
            return Function(name, "x", [("x", value)], v => forward(v[0]), (u, v) => [backward(u, v[0])], mistake, "");
        }

        TestCaseData Loss(string name, Func<Matrix<double>, Matrix<double>> gradient, GradientMistake mistake)
        {
            Matrix<double> scores = Some.Matrix<double>(5, 4, 3);
            return Case(name, DifferentiableFunction<double>.OfScalar(name, [("scores", scores)], () => CrossEntropy(scores, Labels), () => [gradient(scores)]), "scores", mistake, "");
        }
    }

    // σ(σ(X·W1 + b1)·W2)·W3, all [3×3].
    private static TestCaseData Network(string name, string wrong, Func<Layers, Gradients, Matrix<double>> gradient, GradientMistake mistake)
    {
        NamedMatrix<double>[] variables =
        [
            ("X", Some.Matrix<double>(4, 3)), ("W1", Some.Matrix<double>(3, 3, 2)), ("b1", Some.Matrix<double>(1, 3, 3)), ("W2", Some.Matrix<double>(3, 3, 4)), ("W3", Some.Matrix<double>(3, 3, 5)),
        ];
        return Function(
            name,
            wrong,
            variables,
            v => Sigmoid(Sigmoid(AddToRows(v[0] * v[1], v[2])) * v[3]) * v[4],
            (u, v) =>
            {
                Matrix<double> h1 = Sigmoid(AddToRows(v[0] * v[1], v[2])), h2 = Sigmoid(h1 * v[3]);
                Matrix<double> dh2 = u * v[4].Transpose(), dz2 = dh2.PointwiseMultiply(SigmoidSlope(h2));
                Matrix<double> dh1 = dz2 * v[3].Transpose(), dz1 = dh1.PointwiseMultiply(SigmoidSlope(h1));
                Matrix<double>[] gradients = [dz1 * v[1].Transpose(), v[0].Transpose() * dz1, Sum(dz1), h1.Transpose() * dz2, h2.Transpose() * u];
                gradients[Array.FindIndex(variables, variable => variable.Name == wrong)] = gradient(new(v[0], h1, h2), new(dh1, dz1, dh2, dz2, u));
                return gradients;
            },
            mistake,
            "");
    }

    private static Matrix<double> Length(Matrix<double> v) => Along(v.PointwisePower(2), rows: true).PointwiseSqrt();

    private static Matrix<double> Unit(Matrix<double> v) => v.PointwiseDivide(Length(v));

    private static Matrix<double> Deviation(Matrix<double> v) => (Mean((v - Mean(v, rows: false)).PointwisePower(2), rows: false) + 1e-3).PointwiseSqrt();

    private static Matrix<double> Norm(Matrix<double> v) => (v - Mean(v, rows: false)).PointwiseDivide(Deviation(v));

    private static Matrix<double> Running(Matrix<double> v) => v.MapIndexed((i, j, _) => Enumerable.Range(0, j + 1).Sum(k => v[i, k]), Zeros.Include);

    private static Matrix<double> Roll(Matrix<double> v, int by) => v.MapIndexed((i, j, _) => v[(i + by) % v.RowCount, j], Zeros.Include);

    private static Matrix<double> LastColumnCleared(Matrix<double> v)
    {
        v.ClearColumn(v.ColumnCount - 1);
        return v;
    }

    private sealed record Layers(Matrix<double> X, Matrix<double> H1, Matrix<double> H2);

    private sealed record Gradients(Matrix<double> H1, Matrix<double> Z1, Matrix<double> H2, Matrix<double> Z2, Matrix<double> Y);
}
