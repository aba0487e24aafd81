using NeuralNet.Core.Operations;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Core.Operations;

internal sealed class OperandCheckTests
{
    [TestCase(2, 3, 5, 12, 12)]
    [TestCase(2, 3, 5, 20, 12)]
    [TestCase(2, 1, 5, 2, 2)]
    [TestCase(3, 2, 3, 6, 6)]
    [TestCase(0, 3, 5, 0, 0)]
    [TestCase(3, 0, 5, 0, 0)]
    [TestCase(0, 0, 0, 0, 0)]
    public void LengthOf_MatrixThatFits_IsFromItsFirstToItsLastElement(int rows, int columns, int stride, int memory, int length) =>
        OperandCheck.LengthOf<double>("Y", rows, columns, stride, new double[memory]).ShouldBe(length);

    [TestCase(2, 3, 5, 11)]
    [TestCase(3, 2, 2, 9)]
    [TestCase(-1, 3, 5, 9)]
    [TestCase(3, -1, 5, 9)]
    [TestCase(-2, -2, 5, 9)]
    [TestCase(1, int.MaxValue, int.MaxValue, 9)]
    public void LengthOf_MatrixThatDoesNotFit_IsRefusedWithItsSizes(int rows, int columns, int stride, int memory) =>
        Should.Throw<ArgumentException>(() => OperandCheck.LengthOf<double>("Y", rows, columns, stride, new double[memory])).Message
            .ShouldBe($"Y is stored as [{rows}×{columns}] with {stride} elements from column to column, which {memory} elements do not hold.");

    [Test]
    public void LengthOf_OtherElementType_IsRefused() =>
        Should.Throw<NotSupportedException>(() => OperandCheck.LengthOf<Half>("Y", 1, 1, 1, new Half[1]));

    [TestCase(3, new[] { 3 }, "Index 0 must name one of the 3 rows of table, 0 to 2.")]
    [TestCase(3, new[] { 0, 2, -1, 5 }, "Index 2 must name one of the 3 rows of table, 0 to 2.")]
    [TestCase(0, new[] { 0 }, "Index 0 must name one of the 0 rows of table, 0 to -1.")]
    public void ThrowIfNotBelow_NumberOutside_IsNamedByItsPlace(int count, int[] numbers, string message) =>
        Should.Throw<ArgumentOutOfRangeException>(() => OperandCheck.ThrowIfNotBelow(count, numbers, "indices", "Index", "rows", "table")).Message
            .ShouldStartWith(message);

    [Test]
    public void ThrowIfNotBelow_NoNumberOutside_IsQuiet()
    {
        Should.NotThrow(() => OperandCheck.ThrowIfNotBelow(3, [0, 1, 2], "indices", "Index", "rows", "table"));
        Should.NotThrow(() => OperandCheck.ThrowIfNotBelow(0, [], "indices", "Index", "rows", "table"));
    }

    [Test]
    public void RowsAndColumns_OfAnotherShape_AreRefusedByName()
    {
        Matrix<double> matrix = Some.Matrix<double>(3, 4);
        Should.Throw<ArgumentException>(() => RowOperations.Gather(matrix, [0, 1], Some.Matrix<double>(3, 4))).Message
            .ShouldStartWith("target must be [2×4], got [3×4].");
        Should.Throw<ArgumentException>(() => RowOperations.ScatterAdd(Some.Matrix<double>(2, 3), [0, 1], matrix, 1)).Message
            .ShouldStartWith("source must be [2×4], got [2×3].");
        Should.Throw<ArgumentException>(() => RowOperations.AddToEach(matrix, Some.Matrix<double>(1, 3))).Message.ShouldStartWith("row must be [1×4], got [1×3].");
        Should.Throw<ArgumentException>(() => ColumnOperations.AddToEach(matrix, Some.Matrix<double>(4, 1))).Message
            .ShouldStartWith("column must be [3×1], got [4×1].");
    }

    [Test]
    public void Columns_SumsOfAColumnIntoItself_AreRefused()
    {
        Matrix<double> column = Some.Matrix<double>(3, 1);
        Should.Throw<ArgumentException>(() => ColumnOperations.Sum(column, column)).Message
            .ShouldBe("sums is written while matrix is read, so the two must not share memory.");
    }

    [Test]
    public void Transpose_WhatDoesNotFit_IsNamed()
    {
        double[] memory = new double[12];
        Should.Throw<ArgumentException>(() => MatrixTransposition.Transpose<double>(3, 4, new double[11], 3, memory, 4)).Message
            .ShouldBe("X is stored as [3×4] with 3 elements from column to column, which 11 elements do not hold.");
        Should.Throw<ArgumentException>(() => MatrixTransposition.Transpose<double>(3, 4, memory, 3, new double[11], 4)).Message
            .ShouldBe("Y is stored as [4×3] with 4 elements from column to column, which 11 elements do not hold.");
        Should.Throw<ArgumentException>(() => MatrixTransposition.Transpose<double>(3, 4, memory, 3, memory, 4)).Message
            .ShouldBe("Y is written while X is read, so the two must not share memory.");
    }
}
