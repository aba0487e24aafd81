using System.Numerics;
using NeuralNet.Core;
using NeuralNet.Core.Operations;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Core.Operations;

/// <summary>Transposed copies, below and above the size from which threads share the work, and with every remainder of blocks.</summary>
[TestFixture(typeof(float))]
[TestFixture(typeof(double))]
internal sealed class MatrixTranspositionTests<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    [TestCase(1, 1)]
    [TestCase(1, 9)]
    [TestCase(9, 1)]
    [TestCase(17, 5)]
    [TestCase(65, 35)]
    [TestCase(331, 203)]
    public void Transpose_AnySize_ExchangesRowsAndColumns(int rows, int columns)
    {
        Matrix<T> source = Some.Matrix<T>(rows, columns), target = Matrix<T>.Build.Dense(columns, rows);
        MatrixTransposition.Transpose(source, target);
        for (int i = 0; i < rows; i++)
        {
            target.Column(i).ShouldBe(source.Row(i));
        }
    }

    [Test]
    public void Transpose_Blocks_ReadsAndWritesOnlyInsideThem()
    {
        const int Rows = 21, Columns = 18, Gap = 3;
        T[] source = new T[(Rows + Gap) * Columns], target = new T[(Columns + Gap) * Rows];
        Some.Numbers<T>(source, new Random(1));
        target.AsSpan().Fill(T.NegativeOne);
        MatrixTransposition.Transpose(Rows, Columns, source, Rows + Gap, target, Columns + Gap);
        for (int index = 0; index < target.Length; index++)
        {
            (int column, int row) = Math.DivRem(index, Columns + Gap);
            target[index].ShouldBe(row < Columns ? source[column + (row * (Rows + Gap))] : T.NegativeOne);
        }
    }

    [Test]
    public void Transpose_TargetOfAnotherShape_NamesBoth() =>
        Should.Throw<ArgumentException>(() => MatrixTransposition.Transpose(Some.Matrix<T>(3, 4), Some.Matrix<T>(3, 4)))
            .Message.ShouldContain("target must be [4×3], got [3×4]");

    [Test]
    public void Transpose_OntoItself_IsRefused()
    {
        Matrix<T> square = Some.Matrix<T>(4, 4);
        Should.Throw<ArgumentException>(() => MatrixTransposition.Transpose(square, square)).Message.ShouldContain("share memory");
    }
}
