using NeuralNet.Core.Differentiation;
using NeuralNet.Core.GradientChecking;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Core.GradientChecking.Diagnosis;

/// <summary>What the cases of wrong and right gradients are written with.</summary>
internal static class Formulas
{
    public static TestCaseData Elementwise(
        string name,
        Func<Matrix<double>, Matrix<double>> forward,
        Func<Matrix<double>, Matrix<double>, Matrix<double>, Matrix<double>> backward,
        GradientMistake mistake,
        string words) =>
        Case(name, DifferentiableFunction<double>.OfGate(new FormulaLayer(forward, backward), Some.Matrix<double>(4, 3)), "input", mistake, words);

    public static TestCaseData Function(
        string name,
        string variable,
        NamedMatrix<double>[] variables,
        Func<Matrix<double>[], Matrix<double>> forward,
        Func<Matrix<double>, Matrix<double>[], Matrix<double>[]> backward,
        GradientMistake mistake,
        string words) =>
        Case(name, Function(name, variables, forward, backward), variable, mistake, words);

    public static DifferentiableFunction<double> Function(
        string name,
        NamedMatrix<double>[] variables,
        Func<Matrix<double>[], Matrix<double>> forward,
        Func<Matrix<double>, Matrix<double>[], Matrix<double>[]> backward)
    {
        Matrix<double>[] values = [.. variables.Select(v => v.Value)];
        return new DifferentiableFunction<double>(name, variables, () => forward(values), upstream => backward(upstream, values));
    }

    public static TestCaseData Case(string name, DifferentiableFunction<double> function, string variable, GradientMistake mistake, string words) =>
        new TestCaseData(function, variable, mistake, words).SetArgDisplayNames(name);

    public static Matrix<double> Scalar(double value) => Matrix<double>.Build.Dense(1, 1, value);

    public static Matrix<double> Row(params double[] values) => Matrix<double>.Build.Dense(1, values.Length, values);

    /// <summary>The sums of the columns.</summary>
    public static Matrix<double> Sum(Matrix<double> upstream) => upstream.ColumnSums().ToRowMatrix();

    public static Matrix<double> AddToRows(Matrix<double> x, Matrix<double> b) => x + Matrix<double>.Build.Dense(x.RowCount, 1, 1).Multiply(b);

    public static Matrix<double> Sigmoid(Matrix<double> x) => x.Map(v => 1 / (1 + Math.Exp(-v)), Zeros.Include);

    public static Matrix<double> SigmoidSlope(Matrix<double> y) => y.PointwiseMultiply(1 - y);

    public static Matrix<double> Tanh(Matrix<double> x) => x.PointwiseTanh();

    public static Matrix<double> TanhSlope(Matrix<double> y) => 1 - y.PointwiseMultiply(y);

    public static Matrix<double> Relu(Matrix<double> x) => x.PointwiseMaximum(0);

    public static Matrix<double> Mask(Matrix<double> x) => x.Map(v => v > 0 ? 1.0 : 0, Zeros.Include);

    /// <summary>Softmax of each row.</summary>
    public static Matrix<double> Softmax(Matrix<double> x)
    {
        Matrix<double> e = x.MapIndexed((i, _, v) => Math.Exp(v - x.Row(i).Maximum()), Zeros.Include);
        return e.PointwiseDivide(Along(e, rows: true));
    }

    /// <summary>The sums of rows, or of columns, each in all of its places.</summary>
    public static Matrix<double> Along(Matrix<double> m, bool rows) =>
        m.MapIndexed((i, j, _) => rows ? m.Row(i).Sum() : m.Column(j).Sum(), Zeros.Include);

    /// <summary>The means of rows, or of columns, each in all of its places.</summary>
    public static Matrix<double> Mean(Matrix<double> m, bool rows) => Along(m, rows) / (rows ? m.ColumnCount : m.RowCount);

    /// <summary>A row for each label, with 1 at the label.</summary>
    public static Matrix<double> OneHot(int[] labels, int classes) =>
        Matrix<double>.Build.Dense(labels.Length, classes, (i, j) => labels[i] == j ? 1 : 0);

    /// <summary>The mean cross-entropy of the softmax of scores.</summary>
    public static double CrossEntropy(Matrix<double> scores, int[] labels) =>
        labels.Select((label, i) =>
        {
            double largest = scores.Row(i).Maximum();
            return largest + Math.Log(scores.Row(i).Sum(v => Math.Exp(v - largest))) - scores[i, label];
        }).Average();
}
