using System.Numerics;
using NeuralNet.Core;
using NeuralNet.Core.Operations;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Core.Operations;

/// <summary>Softmax and its logarithm over rows, below and above the size from which threads share, against sums in double.</summary>
[TestFixture(typeof(float))]
[TestFixture(typeof(double))]
internal sealed class SoftmaxOperationsTests<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly double Tolerance = typeof(T) == typeof(float) ? 1e-5 : 1e-13;

    private static IEnumerable<int[]> Sizes =>
    [
        .. Enumerable.Range(1, 70).Select(columns => new[] { 1, columns }), .. Enumerable.Range(2, 69).Select(rows => new[] { rows, 3 }),
        [2, 1], [17, 40], [300, 30], [1, 5000],
    ];

    [TestCaseSource(nameof(Sizes))]
    public void Forward_AnySize_AgreesWithSumsInDouble(int rows, int columns)
    {
        T[] x = Some.Matrix<T>(rows, columns).AsSpan().ToArray(), y = Unset(x.Length), logarithm = Unset(x.Length);
        SoftmaxOperations.Softmax<T>(x, rows, y);
        SoftmaxOperations.LogSoftmax<T>(x, rows, logarithm);
        for (int i = 0; i < rows; i++)
        {
            double logOfSum = Math.Log(Row(x, rows, i).Sum(Math.Exp));
            for (int j = 0; j < columns; j++)
            {
                int at = i + (j * rows);
                double expected = double.CreateChecked(x[at]) - logOfSum;
                double.CreateChecked(logarithm[at]).ShouldBe(expected, Tolerance * 10);
                double.CreateChecked(y[at]).ShouldBe(Math.Exp(expected), Tolerance);
            }
        }
    }

    [TestCaseSource(nameof(Sizes))]
    public void Backward_AnySize_AgreesWithSumsInDouble(int rows, int columns)
    {
        T[] y = Some.Matrix<T>(rows, columns).AsSpan().ToArray(), logarithm = [.. y], gradient = Unset(y.Length), ofLogarithm = Unset(y.Length);
        T[] upstream = [.. Enumerable.Range(0, y.Length).Select(i => T.CreateChecked(((i * 37) % 11) - 4) / T.CreateChecked(8))];
        SoftmaxOperations.Softmax<T>(y, rows, y);
        SoftmaxOperations.LogSoftmax<T>(logarithm, rows, logarithm);
        SoftmaxOperations.SoftmaxBackward<T>(upstream, rows, y, gradient);
        SoftmaxOperations.LogSoftmaxBackward<T>(upstream, rows, logarithm, ofLogarithm);
        for (int i = 0; i < rows; i++)
        {
            double[] g = Row(upstream, rows, i), p = Row(y, rows, i);
            double dot = g.Zip(p, (a, b) => a * b).Sum(), sum = g.Sum();
            for (int j = 0; j < columns; j++)
            {
                int at = i + (j * rows);
                double.CreateChecked(gradient[at]).ShouldBe(p[j] * (g[j] - dot), Tolerance);
                double.CreateChecked(ofLogarithm[at]).ShouldBe(g[j] - (p[j] * sum), Tolerance * 10);
            }
        }
    }

    [TestCase(2, 3)]
    [TestCase(40, 7)]
    [TestCase(500, 20)]
    public void Forward_SamplesInOtherCompany_HaveTheSameBits(int rows, int columns)
    {
        T[] x = Some.Matrix<T>(rows, columns).AsSpan().ToArray(), y = new T[x.Length], few = new T[2 * columns], ofFew = new T[2 * columns];
        SoftmaxOperations.Softmax<T>(x, rows, y);
        for (int j = 0; j < columns; j++)
        {
            (few[2 * j], few[(2 * j) + 1]) = (x[(j * rows) + rows - 1], x[j * rows]);
        }

        SoftmaxOperations.Softmax<T>(few, 2, ofFew);
        for (int j = 0; j < columns; j++)
        {
            ofFew[2 * j].ShouldBe(y[(j * rows) + rows - 1]);
            ofFew[(2 * j) + 1].ShouldBe(y[j * rows]);
        }
    }

    // e^−20000 is 0 in both types, so the rows are [½ ½ 0], and its logarithm [−ln 2, −ln 2, −20000 − ln 2].
    [TestCase(1)]
    [TestCase(3)]
    [TestCase(20)]
    public void Forward_LogitsOfTenThousand_StayFinite(int rows)
    {
        T large = T.CreateChecked(1e4);
        T[] x = [.. Enumerable.Repeat(large, 2 * rows), .. Enumerable.Repeat(-large, rows)], y = new T[3 * rows], logarithm = new T[3 * rows];
        SoftmaxOperations.Softmax<T>(x, rows, y);
        SoftmaxOperations.LogSoftmax<T>(x, rows, logarithm);
        for (int i = 0; i < 3 * rows; i++)
        {
            y[i].ShouldBe(i < 2 * rows ? T.One / T.CreateChecked(2) : T.Zero);
            double.CreateChecked(logarithm[i]).ShouldBe((i < 2 * rows ? 0 : -20000) - Math.Log(2), i < 2 * rows ? 1e-7 : 2e-3);
        }
    }

    [TestCase(1, 40)]
    [TestCase(5, 3)]
    public void Forward_NaNInARow_MakesThatRowNaNOnly(int rows, int columns)
    {
        T[] x = new T[rows * columns], y = new T[x.Length];
        x[rows - 1] = T.NaN;
        SoftmaxOperations.Softmax<T>(x, rows, y);
        for (int i = 0; i < y.Length; i++)
        {
            T.IsNaN(y[i]).ShouldBe(i % rows == rows - 1, $"{i}");
        }
    }

    [TestCase(0)]
    [TestCase(5)]
    public void ForwardAndBackward_EmptyMatrix_DoNothing(int rows)
    {
        SoftmaxOperations.Softmax<T>([], rows, []);
        SoftmaxOperations.SoftmaxBackward<T>([], rows, [], []);
        SoftmaxOperations.LogSoftmax<T>([], rows, []);
        SoftmaxOperations.LogSoftmaxBackward<T>([], rows, [], []);
    }

    [Test]
    public void ForwardAndBackward_LengthsThatDoNotFit_AreRefused()
    {
        Should.Throw<ArgumentException>(() => SoftmaxOperations.Softmax<T>(new T[6], 2, new T[4])).Message.ShouldContain("y and x must be of equal length, got 4 and 6");
        Should.Throw<ArgumentException>(() => SoftmaxOperations.Softmax<T>(new T[6], 4, new T[6])).Message.ShouldContain("A matrix of 4 rows has a multiple of as many elements, got 6");
        Should.Throw<ArgumentException>(() => SoftmaxOperations.SoftmaxBackward<T>(new T[6], 2, [], new T[6])).Message.ShouldContain("downstream and y must be of equal length, got 6 and 0");
    }

    [Test]
    public void CrossEntropy_OneSample_AgreesWithSeveralOfTheSame()
    {
        Matrix<T> x = Some.Matrix<T>(1, 37), difference = Matrix<T>.Build.Dense(1, 37), differences = Matrix<T>.Build.Dense(9, 37);
        Matrix<T> repeated = Matrix<T>.Build.Dense(9, 37, (_, j) => x[0, j]);
        T[] alone = new T[1], together = new T[9];
        SoftmaxOperations.CrossEntropy(x.AsSpan(), [11], difference.AsSpan(), alone);
        SoftmaxOperations.CrossEntropy(repeated.AsSpan(), [.. Enumerable.Repeat(11, 9)], differences.AsSpan(), together);
        double expected = Math.Log(x.Enumerate().Sum(value => Math.Exp(double.CreateChecked(value)))) - double.CreateChecked(x[0, 11]);
        double.CreateChecked(alone[0]).ShouldBe(expected, Tolerance * 10);
        together.ShouldAllBe(loss => Math.Abs(double.CreateChecked(loss) - expected) <= Tolerance * 10);
        for (int j = 0; j < 37; j++)
        {
            double.CreateChecked(difference[0, j]).ShouldBe(double.CreateChecked(differences[4, j]), Tolerance);
        }
    }

    private static double[] Row(T[] matrix, int rows, int row) =>
        [.. Enumerable.Range(0, matrix.Length / rows).Select(j => double.CreateChecked(matrix[row + (j * rows)]))];

    private static T[] Unset(int length) => [.. Enumerable.Repeat(T.NaN, length)];
}
