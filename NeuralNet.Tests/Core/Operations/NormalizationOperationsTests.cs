using System.Numerics;
using NeuralNet.Core;
using NeuralNet.Core.Operations;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Core.Operations;

/// <summary>Normalising operations against plain loops in double, below and above the size from which threads share the work, and what they refuse.</summary>
[TestFixture(typeof(float))]
[TestFixture(typeof(double))]
internal sealed class NormalizationOperationsTests<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private static double Tolerance => typeof(T) == typeof(float) ? 2e-5 : 1e-12;

    [TestCase(2, 3)]
    [TestCase(37, 5)]
    [TestCase(259, 131)]
    [TestCase(5000, 9)]
    public void Moments_OfColumnsAndRows_AgreeWithLoops(int rows, int columns)
    {
        Matrix<T> x = Some.Matrix<T>(rows, columns);
        T[] mean = new T[columns], variance = new T[columns], rowMean = new T[rows], rowVariance = new T[rows];
        NormalizationOperations.ColumnMoments<T>(x.AsSpan(), rows, mean, variance);
        NormalizationOperations.RowMoments<T>(x.AsSpan(), columns, rowMean, rowVariance);
        for (int j = 0; j < columns; j++)
        {
            ShouldBeMoments(mean[j], variance[j], x.Column(j));
        }

        for (int i = 0; i < rows; i++)
        {
            ShouldBeMoments(rowMean[i], rowVariance[i], x.Row(i));
        }
    }

    [TestCase(1, 1)]
    [TestCase(19, 3)]
    [TestCase(300, 140)]
    public void Passes_AnySize_AgreeWithTheirFormulas(int rows, int columns)
    {
        Matrix<T> x = Some.Matrix<T>(rows, columns), g = Some.Matrix<T>(rows, columns, 2), y = Matrix<T>.Build.Dense(rows, columns), dx = y.Clone();
        Matrix<T> c = Some.Matrix<T>(columns, 4, 3), r = Some.Matrix<T>(rows, 4, 4), scale = Some.Matrix<T>(1, columns, 5);
        T[] columnSums = new T[2 * columns], rowSums = new T[2 * rows], rowBackwardSums = new T[2 * columns];
        NormalizationOperations.StandardizeColumns<T>(x.AsSpan(), rows, c.AsSpan()[..(3 * columns)], y.AsSpan());
        NormalizationOperations.StandardizeColumnsBackward<T>(g.AsSpan(), rows, x.AsSpan(), c.AsSpan(), dx.AsSpan());
        NormalizationOperations.ColumnGradientSums<T>(g.AsSpan(), rows, x.AsSpan(), c.AsSpan()[..columns], columnSums);
        ShouldAgree(y, (i, j) => ((D(x[i, j]) - D(c[j, 0])) * D(c[j, 1])) + D(c[j, 2]));
        ShouldAgree(dx, (i, j) => (D(c[j, 1]) * D(g[i, j])) - (D(c[j, 2]) + (D(c[j, 3]) * (D(x[i, j]) - D(c[j, 0])))));
        NormalizationOperations.StandardizeRows<T>(x.AsSpan(), columns, r.AsSpan()[..(2 * rows)], scale.AsSpan(), default, y.AsSpan());
        ShouldAgree(y, (i, j) => Z(i, j) * D(scale[0, j]));
        NormalizationOperations.RowGradientSums<T>(g.AsSpan(), columns, x.AsSpan(), r.AsSpan()[..(2 * rows)], default, rowSums);
        NormalizationOperations.StandardizeRowsBackward<T>(g.AsSpan(), columns, x.AsSpan(), r.AsSpan(), scale.AsSpan(), dx.AsSpan(), rowBackwardSums);
        ShouldAgree(dx, (i, j) => D(r[i, 1]) * ((D(scale[0, j]) * D(g[i, j])) - D(r[i, 2]) - (D(r[i, 3]) * Z(i, j))));
        for (int j = 0; j < columns; j++)
        {
            D(columnSums[j]).ShouldBe(Enumerable.Range(0, rows).Sum(i => D(g[i, j])), rows * Tolerance);
            D(columnSums[columns + j]).ShouldBe(Enumerable.Range(0, rows).Sum(i => D(g[i, j]) * (D(x[i, j]) - D(c[j, 0]))), rows * Tolerance);
            rowBackwardSums[j].ShouldBe(columnSums[j]);
            D(rowBackwardSums[columns + j]).ShouldBe(Enumerable.Range(0, rows).Sum(i => D(g[i, j]) * Z(i, j)), rows * Tolerance);
        }

        for (int i = 0; i < rows; i++)
        {
            D(rowSums[i]).ShouldBe(Enumerable.Range(0, columns).Sum(j => D(g[i, j])), columns * Tolerance);
            D(rowSums[rows + i]).ShouldBe(Enumerable.Range(0, columns).Sum(j => D(g[i, j]) * Z(i, j)), columns * Tolerance);
        }

        double Z(int i, int j) => (D(x[i, j]) - D(r[i, 0])) * D(r[i, 1]);
    }

    [Test]
    public void Passes_AnyNumberOfThreads_GiveTheSameBits()
    {
        int threads = ComputeThreads.Count;
        try
        {
            ComputeThreads.Count = 1;
            T[] one = Run();
            ComputeThreads.Count = Environment.ProcessorCount;
            Run().ShouldBe(one);
        }
        finally
        {
            ComputeThreads.Count = threads;
        }

        static T[] Run()
        {
            T[] mean = new T[600], variance = new T[600], columnMean = new T[300], columnVariance = new T[300];
            Matrix<T> x = Some.Matrix<T>(600, 300);
            NormalizationOperations.RowMoments<T>(x.AsSpan(), 300, mean, variance);
            NormalizationOperations.ColumnMoments<T>(x.AsSpan(), 600, columnMean, columnVariance);
            return [.. mean, .. variance, .. columnMean, .. columnVariance];
        }
    }

    [Test]
    public void Operands_ThatDoNotFit_AreRefused()
    {
        T[] x = new T[12], four = new T[4], eight = new T[8], twelve = new T[12], sixteen = new T[16];
        Should.Throw<ArgumentOutOfRangeException>(() => NormalizationOperations.ColumnMoments<T>(x, 0, four, new T[4]));
        Should.Throw<ArgumentOutOfRangeException>(() => NormalizationOperations.RowMoments<T>(x, 0, four, new T[4]));
        Should.Throw<ArgumentException>(() => NormalizationOperations.ColumnMoments<T>(x, 4, four, new T[4])).Message.ShouldContain("x must be [4×4], which is 16 elements, got 12");
        Should.Throw<ArgumentException>(() => NormalizationOperations.ColumnMoments<T>(x, 3, four, new T[3])).Message.ShouldContain("equal length");
        Should.Throw<ArgumentException>(() => NormalizationOperations.ColumnMoments<T>(x, 3, x.AsSpan(0, 4), four)).Message.ShouldContain("share memory");
        Should.Throw<ArgumentException>(() => NormalizationOperations.StandardizeColumns<T>(x, 3, eight, new T[12])).Message.ShouldContain("numbers must be 3 for each line, got 8");
        Should.Throw<ArgumentException>(() => NormalizationOperations.StandardizeColumns<T>(x, 4, twelve, new T[12])).Message.ShouldContain("x must be [4×4]");
        Should.Throw<ArgumentException>(() => NormalizationOperations.StandardizeColumns<T>(x, 3, twelve, twelve)).Message.ShouldContain("share memory");
        Should.Throw<ArgumentException>(() => NormalizationOperations.ColumnGradientSums<T>(x, 3, twelve, four, new T[7])).Message.ShouldContain("2 for each of 4 lines, got 7");
        Should.Throw<ArgumentException>(() => NormalizationOperations.StandardizeColumnsBackward<T>(x, 3, twelve, sixteen, new T[11])).Message.ShouldContain("equal length");
        Should.Throw<ArgumentException>(() => NormalizationOperations.StandardizeRows<T>(x, 3, eight, new T[2], default, new T[12])).Message
            .ShouldContain("scale must be a number for each of 3 columns, or empty, got 2");
        Should.Throw<ArgumentException>(() => NormalizationOperations.RowGradientSums<T>(x, 3, twelve, eight, default, eight)).Message.ShouldContain("share memory");
        Should.Throw<ArgumentException>(() => NormalizationOperations.StandardizeRowsBackward<T>(x, 3, twelve, sixteen, default, new T[12], new T[7])).Message.ShouldContain("2 for each of 3");
        Should.Throw<ArgumentException>(() => SlopeOperations.Rectify<T>(x, 3, new T[3], new T[12])).Message.ShouldContain("x must be [3×3]");
        Should.Throw<ArgumentException>(() => SlopeOperations.RectifyBackward<T>(x, 3, twelve, four, new T[12], new T[3])).Message.ShouldContain("equal length");
        Should.Throw<ArgumentException>(() => RowOperations.Gather<T>(x, 3, [0, 3], new T[8])).Message.ShouldContain("Index 1 must name one of the 3 rows");
        Should.Throw<ArgumentException>(() => RowOperations.Gather<T>(x, 3, [0, 1], new T[7])).Message.ShouldContain("target must be [2×4]");
        Should.Throw<ArgumentException>(() => RowOperations.Gather<T>(x, 5, [0, 1], new T[8])).Message.ShouldContain("A matrix of 5 rows");
    }

    private static double D(T value) => double.CreateChecked(value);

    private static void ShouldBeMoments(T mean, T variance, IEnumerable<T> values)
    {
        double[] numbers = [.. values.Select(D)];
        double expected = numbers.Average();
        D(mean).ShouldBe(expected, Tolerance);
        D(variance).ShouldBe(numbers.Average(number => (number - expected) * (number - expected)), Tolerance);
    }

    private static void ShouldAgree(Matrix<T> actual, Func<int, int, double> expected)
    {
        for (int i = 0; i < actual.RowCount; i++)
        {
            for (int j = 0; j < actual.ColumnCount; j++)
            {
                D(actual[i, j]).ShouldBe(expected(i, j), Tolerance, $"at [{i}, {j}]");
            }
        }
    }
}
