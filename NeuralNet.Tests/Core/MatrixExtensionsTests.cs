using NeuralNet.Core;
using NeuralNet.Core.Providers;

namespace NeuralNet.Tests.Core;

internal sealed class MatrixExtensionsTests
{
    // 65,536 × 65,537 = 2³² + 65,536: the remainder of 32 bits is what MathNet makes room for.
    [Test]
    public void AsSpan_MatrixShorterThanItsShape_IsRefused()
    {
        Matrix<float> matrix = Matrix<float>.Build.Dense(65536, 65537);
        Should.Throw<ArgumentException>(() => matrix.AsSpan().Length)
            .Message.ShouldContain("[65536×65537] has 4295032832 elements; this one has an array of 65536. An array holds at most 2147483591.");
    }

    [Test]
    public void Multiply_ResultShorterThanItsShape_IsRefused()
    {
        Matrix<float> column = Matrix<float>.Build.Dense(65536, 1), row = Matrix<float>.Build.Dense(1, 65537);
        Should.Throw<ArgumentException>(() => MatrixProduct.Multiply(
            Transpose.No, column, Transpose.No, row, Matrix<float>.Build.Dense(65536, 65537))).Message.ShouldContain("array of 65536");
    }

    [Test]
    public void AsSpan_Sparse_NamesTheRemedy() =>
        Should.Throw<ArgumentException>(() => Matrix<float>.Build.Sparse(2, 3).AsSpan().Length).Message.ShouldContain("DenseOfMatrix");
}
