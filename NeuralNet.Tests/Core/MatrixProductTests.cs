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

    // One thing wrong at a time: the inner dimension, the rows, the columns.
    [TestCase(4, 2, 5)]
    [TestCase(3, 3, 5)]
    [TestCase(3, 2, 4)]
    public void Multiply_OneSizeDoesNotMatch_IsRefused(int innerOfB, int rowsOfC, int columnsOfC) =>
        Should.Throw<ArgumentException>(() => MatrixProduct.Multiply(
            Transpose.No, Some.Matrix<double>(2, 3), Transpose.No, Some.Matrix<double>(innerOfB, 5), Some.Matrix<double>(rowsOfC, columnsOfC)))
            .Message.ShouldStartWith("A product needs op(A) [m×k], op(B) [k×n] and another matrix C [m×n]");

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

    [Test]
    public void Multiply_ResultOverTheArrayOfAFactor_IsRefused()
    {
        // Two matrices, one array.
        float[] memory = new float[9];
        Matrix<float> a = Matrix<float>.Build.Dense(3, 3, memory), c = Matrix<float>.Build.Dense(3, 3, memory), b = Some.Matrix<float>(3, 3);
        Should.Throw<ArgumentException>(() => MatrixProduct.Multiply(Transpose.No, a, Transpose.No, b, c)).Message.ShouldContain("shares memory with A");
        Should.Throw<ArgumentException>(() => MatrixProduct.Multiply(Transpose.No, b, Transpose.No, a, c)).Message.ShouldContain("shares memory with B");
    }

    [Test]
    public void Multiply_ResultOverTheBias_IsRefused()
    {
        float[] memory = new float[3];
        Matrix<float> c = Matrix<float>.Build.Dense(1, 3, memory), bias = Matrix<float>.Build.Dense(1, 3, memory);
        Should.Throw<ArgumentException>(() => MatrixProduct.Multiply(
            Transpose.No, Some.Matrix<float>(1, 2), Transpose.No, Some.Matrix<float>(2, 3), c, bias: bias)).Message.ShouldContain("with the bias");
    }

    [Test]
    public void Multiply_PartsOfOneArrayThatTouch_AreMultiplied()
    {
        double[] memory = [1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0, 0];
        MatrixProduct.Multiply(Transpose.No, Transpose.No, 2, 2, 2, 1.0, memory, 2, memory.AsSpan(4), 2, 0.0, memory.AsSpan(8), 2);
        memory[8..].ShouldBe([23, 34, 31, 46]); // [1 3; 2 4]·[5 7; 6 8]
    }

    [Test]
    public void Multiply_PartsOfOneArrayThatOverlapByOne_AreRefused()
    {
        double[] memory = new double[12];
        Should.Throw<ArgumentException>(() => MatrixProduct.Multiply(
            Transpose.No, Transpose.No, 2, 2, 2, 1.0, memory, 2, memory.AsSpan(4), 2, 0.0, memory.AsSpan(7), 2)).Message.ShouldContain("shares memory with B");
    }

    [Test]
    public void Multiply_TransposeIsNeitherYesNorNo_IsRefused() =>
        Should.Throw<ArgumentException>(() => MatrixProduct.Multiply(
            (Transpose)2, Transpose.No, 3, 1, 1, 1.0, new double[3], 3, new double[1], 1, 0.0, new double[3], 3)).Message.ShouldContain("got 2");

    [Test]
    public void Multiply_StridesThatOverflow_AreRefused() =>
        Should.Throw<ArgumentException>(() => MatrixProduct.Multiply(
            Transpose.No, Transpose.No, 1, 3, 1, 1.0, new double[1], 1, new double[3], 1, 0.0, new double[3], int.MaxValue)).Message.ShouldStartWith("C is stored");

    [Test]
    public void Multiply_OtherElementType_IsRefused() =>
        Should.Throw<NotSupportedException>(() => MatrixProduct.Multiply(
            Transpose.No, Transpose.No, 1, 1, 0, (Half)1, [], 1, [], 0, (Half)0, new Half[1], 1));

    [TestCase(3, 4, 4)]
    [TestCase(2, 2, 3)]
    public void MultiplyBatch_ResultsThatOverlap_AreRefused(int strideC, int stepC, int count) =>
        Should.Throw<ArgumentException>(() => MatrixProduct.MultiplyBatch(
            count, Transpose.No, Transpose.No, 2, 2, 1, 1.0, new double[2], 2, 0, new double[2], 1, 0, 0.0, new double[40], strideC, stepC))
            .Message.ShouldContain("must not overlap");

    [Test]
    public void MultiplyBatch_MemoryEndsBeforeTheLastProduct_NamesTheOperand() =>
        Should.Throw<ArgumentException>(() => MatrixProduct.MultiplyBatch(
            3, Transpose.No, Transpose.No, 2, 2, 1, 1.0, new double[5], 2, 2, new double[6], 1, 2, 0.0, new double[12], 2, 4))
            .Message.ShouldBe("A is stored as [2×1] with 2 elements from column to column, 3 times 2 elements apart, which 5 elements do not hold.");
}
