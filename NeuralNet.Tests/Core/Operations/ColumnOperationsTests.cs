using NeuralNet.Core;
using NeuralNet.Core.Operations;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Core.Operations;

internal sealed class ColumnOperationsTests
{
    [TestCase(3, 4, 0)]
    [TestCase(3, 4, 1)]
    [TestCase(5000, 11, 0)]
    [TestCase(5000, 11, -2)]
    public void Sum_AnySize_AddsTheColumnsInOrder(int rows, int columns, int beta)
    {
        Matrix<double> matrix = Some.Matrix<double>(rows, columns), sums = Matrix<double>.Build.Dense(rows, 1, beta == 0 ? double.NaN : 1);
        ColumnOperations.Sum(matrix, sums, beta);
        for (int i = 0; i < rows; i++)
        {
            double expected = beta;
            for (int j = 0; j < columns; j++)
            {
                expected += matrix[i, j];
            }

            sums[i, 0].ShouldBe(expected);
        }
    }

    [TestCase(3, 4)]
    [TestCase(5000, 11)]
    public void AddToEach_AColumn_IsAddedToEveryColumn(int rows, int columns)
    {
        Matrix<float> matrix = Some.Matrix<float>(rows, columns), column = Some.Matrix<float>(rows, 1, 2);
        float[] expected = [.. matrix.AsSpan().ToArray().Select((value, index) => value + column[index % rows, 0])];
        ColumnOperations.AddToEach(matrix, column);
        matrix.AsSpan().SequenceEqual(expected).ShouldBeTrue();
    }

    [Test]
    public void Sum_SumsOfAnotherShape_NamesBoth() =>
        Should.Throw<ArgumentException>(() => ColumnOperations.Sum(Some.Matrix<float>(3, 4), Some.Matrix<float>(1, 3)))
            .Message.ShouldContain("sums must be [3×1], got [1×3]");

    [Test]
    public void AddToEach_TheMatrixToItself_IsRefused()
    {
        Matrix<float> column = Some.Matrix<float>(3, 1);
        Should.Throw<ArgumentException>(() => ColumnOperations.AddToEach(column, column)).Message.ShouldContain("share memory");
    }
}
