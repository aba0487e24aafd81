using NeuralNet.Core;
using NeuralNet.Core.Providers;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Core;

internal sealed class MatrixProductTests
{
    [TestCase(Transpose.No, Transpose.No)]
    [TestCase(Transpose.Yes, Transpose.No)]
    [TestCase(Transpose.No, Transpose.Yes)]
    [TestCase(Transpose.Yes, Transpose.Yes)]
    public void Multiply_EachTransposition_AgreesWithMathNet(Transpose ta, Transpose tb)
    {
        Matrix<double> a = Some.Matrix<double>(5, 7), b = Some.Matrix<double>(7, 3, seed: 2), c = Matrix<double>.Build.Dense(5, 3);
        MatrixProduct.Multiply(ta, ta == Transpose.No ? a : a.Transpose(), tb, tb == Transpose.No ? b : b.Transpose(), c);
        (c - (a * b)).InfinityNorm().ShouldBeLessThan(1e-14);
    }

    [Test]
    public void Multiply_BetaIsOne_Adds()
    {
        Matrix<double> a = Some.Matrix<double>(5, 7), b = Some.Matrix<double>(7, 3), c = Matrix<double>.Build.Dense(5, 3, 1);
        MatrixProduct.Multiply(Transpose.No, a, Transpose.No, b, c, beta: 1);
        (c - (a * b) - 1).InfinityNorm().ShouldBeLessThan(1e-14);
    }

    [Test]
    public void Multiply_ShapesDoNotMatch_NamesThem() =>
        Should.Throw<ArgumentException>(() => MatrixProduct.Multiply(
            Transpose.Yes, Some.Matrix<float>(5, 7), Transpose.No, Some.Matrix<float>(7, 3), Some.Matrix<float>(5, 3)))
            .Message.ShouldContain("op(A) [7×5], op(B) [7×3], C [5×3]");

    [Test]
    public void Multiply_ResultIsAFactor_IsRefused()
    {
        Matrix<float> square = Some.Matrix<float>(3, 3);
        Should.Throw<ArgumentException>(() => MatrixProduct.Multiply(Transpose.No, square, Transpose.No, Some.Matrix<float>(3, 3), square))
            .Message.ShouldContain("also a factor");
    }

    [Test]
    public void Multiply_WithABias_AddsItToEachRow()
    {
        Matrix<double> a = Some.Matrix<double>(5, 7), b = Some.Matrix<double>(7, 3), bias = Some.Matrix<double>(1, 3), c = Matrix<double>.Build.Dense(5, 3, 1);
        Matrix<double> expected = (a * b) + Matrix<double>.Build.Dense(5, 3, (_, j) => bias[0, j] + 2);
        MatrixProduct.Multiply(Transpose.No, a, Transpose.No, b, c, beta: 2, bias);
        (c - expected).InfinityNorm().ShouldBeLessThan(1e-14);
    }

    [Test]
    public void Multiply_BiasOfAnotherShape_NamesBoth() =>
        Should.Throw<ArgumentException>(() => MatrixProduct.Multiply(
            Transpose.No, Some.Matrix<float>(5, 7), Transpose.No, Some.Matrix<float>(7, 3), Some.Matrix<float>(5, 3), bias: Some.Matrix<float>(1, 5)))
            .Message.ShouldContain("[1×3]; got [1×5]");
}
