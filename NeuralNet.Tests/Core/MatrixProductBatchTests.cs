using System.Numerics;
using NeuralNet.Core;
using NeuralNet.Core.Providers;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Core;

/// <summary>Batches of products: tiny ones, ones shared whole, and ones shared each inside.</summary>
[TestFixture("simd")]
[TestFixture("managed")]
[TestFixture("mkl")]
[TestFixture("openblas")]
[NonParallelizable]
internal sealed class MatrixProductBatchTests(string name)
{
    [OneTimeSetUp]
    public void RequireProvider() => Provider.Require(name);

    [TestCase(1, 3, 2, 4)]
    [TestCase(40, 3, 2, 4)]
    [TestCase(12, 64, 64, 48)]
    [TestCase(3, 130, 120, 70)]
    public void MultiplyBatch_AnySize_GivesTheBitsOfProductByProduct(int count, int rows, int columns, int inner)
    {
        Check<float>(count, rows, columns, inner);
        Check<double>(count, rows, columns, inner);
    }

    [Test]
    public void MultiplyBatch_SamplesSideBySideInTheRowsOfOneMatrix_AgreesWithProductByProduct() => Provider.With(name, () =>
    {
        // Three samples of 4 rows in X [12×5] and Y [12×2]; one W for all.
        double[] x = Numbers<double>(60, 1), w = Numbers<double>(10, 2), y = new double[24], expected = new double[24];
        MatrixProduct.MultiplyBatch(3, Transpose.No, Transpose.No, 4, 2, 5, 1.0, x, 12, 4, w, 5, 0, 0.0, y, 12, 4);
        MatrixProduct.Multiply(Transpose.No, Transpose.No, 12, 2, 5, 1.0, x, 12, w, 5, 0.0, expected, 12);
        y.ShouldBe(expected, 1e-14);
    });

    [Test]
    public void MultiplyBatch_InnerIsZero_ScalesEachResult() => Provider.With(name, () =>
    {
        double[] c = [1, 2, 3, 4];
        MatrixProduct.MultiplyBatch(2, Transpose.No, Transpose.No, 2, 1, 0, 1.0, [], 2, 0, [], 0, 0, 0.5, c, 2, 2);
        c.ShouldBe([0.5, 1, 1.5, 2]);
    });

    private void Check<T>(int count, int rows, int columns, int inner) where T : unmanaged, IFloatingPointIeee754<T> => Provider.With(name, () =>
    {
        T alpha = T.CreateChecked(0.5), beta = T.CreateChecked(2);
        foreach (Transpose ta in Enum.GetValues<Transpose>())
        {
            foreach (Transpose tb in Enum.GetValues<Transpose>())
            {
                (int strideA, int strideB) = (ta == Transpose.No ? rows : inner, tb == Transpose.No ? inner : columns);
                (int stepA, int stepB, int stepC) = ((rows * inner) + 1, inner * columns, (rows * columns) + 2);
                T[] a = Numbers<T>(count * stepA, 1), b = Numbers<T>(count * stepB, 2), c = Numbers<T>(count * stepC, 3), bias = Numbers<T>(columns, 4);
                T[] expected = [.. c];
                for (int i = 0; i < count; i++)
                {
                    MatrixProduct.Multiply(
                        ta, tb, rows, columns, inner, alpha, a.AsSpan(i * stepA), strideA, b.AsSpan(i * stepB), strideB, beta,
                        expected.AsSpan(i * stepC), rows, bias);
                }

                MatrixProduct.MultiplyBatch(
                    count, ta, tb, rows, columns, inner, alpha, a, strideA, stepA, b, strideB, stepB, beta, c, rows, stepC, bias);
                c.AsSpan().SequenceEqual(expected).ShouldBeTrue($"{ta} {tb}");
            }
        }
    });

    private static T[] Numbers<T>(int count, int seed) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[] numbers = new T[count];
        Some.Numbers<T>(numbers, new Random(seed));
        return numbers;
    }
}
