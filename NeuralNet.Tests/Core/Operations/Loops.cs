using System.Numerics;

namespace NeuralNet.Tests.Core.Operations;

/// <summary>The operations as plain loops in double, which the public ones are compared with.</summary>
internal static class Loops
{
    /// <summary><c>α·op(A)·op(B) + β·C + 1·b</c>.</summary>
    public static Matrix<double> Product<T>(
        double alpha, Matrix<T> a, bool transposeA, Matrix<T> b, bool transposeB, double beta, Matrix<T> c, Matrix<T>? bias = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int inner = transposeA ? a.RowCount : a.ColumnCount;
        Matrix<double> result = Matrix<double>.Build.Dense(c.RowCount, c.ColumnCount);
        for (int i = 0; i < c.RowCount; i++)
        {
            for (int j = 0; j < c.ColumnCount; j++)
            {
                double sum = 0;
                for (int p = 0; p < inner; p++)
                {
                    sum += Number(transposeA ? a[p, i] : a[i, p]) * Number(transposeB ? b[j, p] : b[p, j]);
                }

                result[i, j] = (alpha * sum) + (beta * Number(c[i, j])) + (bias is null ? 0 : Number(bias[0, j]));
            }
        }

        return result;
    }

    /// <summary>Every element within a tolerance.</summary>
    public static void ShouldBeNear<T>(this Matrix<T> actual, Matrix<double> expected, double tolerance) where T : unmanaged, IFloatingPointIeee754<T>
    {
        (actual.RowCount, actual.ColumnCount).ShouldBe((expected.RowCount, expected.ColumnCount));
        for (int i = 0; i < expected.RowCount; i++)
        {
            for (int j = 0; j < expected.ColumnCount; j++)
            {
                Number(actual[i, j]).ShouldBe(expected[i, j], tolerance, $"[{i}, {j}]");
            }
        }
    }

    /// <summary>An element as double.</summary>
    public static double Number<T>(T value) where T : unmanaged, IFloatingPointIeee754<T> => double.CreateChecked(value);
}
