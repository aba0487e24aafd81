using NeuralNet.Core;
using NeuralNet.Core.Providers;
using NeuralNet.Tests.Core.Kernels;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Core.Providers;

/// <summary>Every provider behind the seam computes the same products.</summary>
[TestFixture("simd")]
[TestFixture("managed")]
[TestFixture("mkl")]
[TestFixture("openblas")]
[NonParallelizable]
internal sealed class MatrixProviderTests(string name)
{
    [OneTimeSetUp]
    public void RequireProvider() => Provider.Require(name);

    [Test]
    public void Multiply_Float_AgreesWithExactSums() => CheckAll<float>();

    [Test]
    public void Multiply_Double_AgreesWithExactSums() => CheckAll<double>();

    [Test]
    public void Multiply_InnerIsZero_ScalesTheResult() => Provider.With(name, () =>
    {
        double[] c = [1, 2, 3, 4];
        MatrixProduct.Multiply<double>(Transpose.No, Transpose.No, 2, 2, 0, 1, [], 2, [], 0, 0.5, c, 2);
        c.ShouldBe([0.5, 1, 1.5, 2]);
    });

    [Test]
    public void Multiply_ResultIsEmpty_DoesNothing() => Provider.With(name, () =>
    {
        MatrixProduct.Multiply<float>(Transpose.No, Transpose.No, 0, 3, 2, 1, [], 0, new float[6], 2, 0, [], 0);
        MatrixProduct.Multiply<float>(Transpose.No, Transpose.No, 3, 0, 2, 1, new float[6], 3, [], 2, 0, [], 3);
    });

    [Test]
    public void Multiply_SpanTooShort_NamesTheOperandAndItsShape() => Provider.With(name, () =>
        Should.Throw<ArgumentException>(() => MatrixProduct.Multiply<float>(
            Transpose.No, Transpose.No, 2, 2, 2, 1, new float[3], 2, new float[4], 2, 0, new float[4], 2))
            .Message.ShouldBe("A is stored as [2×2] with 2 elements from column to column, which 3 elements do not hold."));

    [Test]
    public void Multiply_StrideSmallerThanColumn_NamesTheOperand() => Provider.With(name, () =>
        Should.Throw<ArgumentException>(() => MatrixProduct.Multiply<float>(
            Transpose.No, Transpose.No, 2, 2, 2, 1, new float[4], 2, new float[4], 2, 0, new float[4], 1))
            .Message.ShouldStartWith("C is stored as [2×2] with 1 elements"));

    private void CheckAll<T>() where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> => Provider.With(name, () =>
    {
        foreach (Transpose ta in Enum.GetValues<Transpose>())
        {
            foreach (Transpose tb in Enum.GetValues<Transpose>())
            {
                foreach ((int rows, int columns, int inner) in (ReadOnlySpan<(int, int, int)>)[(1, 1, 1), (3, 5, 7), (64, 10, 100), (65, 66, 67)])
                {
                    foreach ((double alpha, double beta, int gap, bool bias) in
                        (ReadOnlySpan<(double, double, int, bool)>)[(1, 0, 0, false), (2, 1, 0, false), (-1, 0.5, 2, true), (1, 0, 0, true)])
                    {
                        var product = new RandomProduct<T>(ta, tb, rows, columns, inner, alpha, beta, gap, bias);
                        double[] expected = product.Expected(out double[] bounds);
                        product.Run(MatrixProviders.Active);
                        product.ShouldBeWithin(expected, bounds);
                    }
                }
            }
        }
    });
}
