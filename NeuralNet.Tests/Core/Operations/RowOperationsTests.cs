using System.Numerics;
using NeuralNet.Core;
using NeuralNet.Core.Operations;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Core.Operations;

/// <summary>Operations on rows, below and above the size from which threads share the work.</summary>
[TestFixture(typeof(float))]
[TestFixture(typeof(double))]
internal sealed class RowOperationsTests<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    [TestCase(0)]
    [TestCase(-2)]
    public void Sum_RowsOfABlock_AgreesWithSumsInOrder(int beta)
    {
        // Rows 1 to 3 of a matrix of 5.
        Matrix<T> matrix = Some.Matrix<T>(5, 7);
        T[] sums = [.. Enumerable.Repeat(beta == 0 ? T.NaN : T.One, 7)];
        RowOperations.Sum(matrix.AsSpan()[1..], 3, 5, sums, T.CreateChecked(beta));
        for (int j = 0; j < 7; j++)
        {
            double expected = beta + Loops.Number(matrix[1, j]) + Loops.Number(matrix[2, j]) + Loops.Number(matrix[3, j]);
            Loops.Number(sums[j]).ShouldBe(expected, 1e-6);
        }
    }

    [Test]
    public void Sum_NoRows_LeavesBetaTimesTheSums()
    {
        T two = T.CreateChecked(2);
        T[] sums = [T.One, two];
        RowOperations.Sum([], 0, 0, sums, two);
        sums.ShouldBe([two, two + two]);
        RowOperations.Sum([], 0, 0, sums, T.Zero);
        sums.ShouldBe([T.Zero, T.Zero]);
    }

    [Test]
    public void Sum_NoColumns_DoesNothing() => RowOperations.Sum(new T[3], 3, 3, [], T.One);

    [Test]
    public void Sum_MemoryTooShort_NamesTheShape() =>
        Should.Throw<ArgumentException>(() => RowOperations.Sum(new T[8], 3, 3, new T[3], T.Zero))
            .Message.ShouldBe("Y is stored as [3×3] with 3 elements from column to column, which 8 elements do not hold.");

    [Test]
    public void Sum_SumsOfAnotherShape_NamesBoth() =>
        Should.Throw<ArgumentException>(() => RowOperations.Sum(Some.Matrix<T>(3, 4), Some.Matrix<T>(1, 3)))
            .Message.ShouldContain("sums must be [1×4], got [1×3]");

    [Test]
    public void Sum_IntoTheMatrixItself_IsRefused()
    {
        T[] memory = new T[12];
        Should.Throw<ArgumentException>(() => RowOperations.Sum(memory, 3, 3, memory.AsSpan(6, 4), T.Zero)).Message.ShouldContain("share memory");
    }

    [Test]
    public void AddToEach_ARow_IsAddedToEveryRow()
    {
        Matrix<T> matrix = Some.Matrix<T>(9, 4), row = Some.Matrix<T>(1, 4, 2), before = matrix.Clone();
        RowOperations.AddToEach(matrix, row);
        for (int i = 0; i < 9; i++)
        {
            for (int j = 0; j < 4; j++)
            {
                matrix[i, j].ShouldBe(before[i, j] + row[0, j]);
            }
        }
    }

    [TestCase(3, 2, 5)]
    [TestCase(100, 60, 900)]
    public void Gather_AnySize_CopiesTheRowsNamed(int tableRows, int features, int count)
    {
        Matrix<T> table = Some.Matrix<T>(tableRows, features), rows = Matrix<T>.Build.Dense(count, features);
        int[] indices = Some.Labels(count, tableRows);
        RowOperations.Gather(table, indices, rows);
        for (int i = 0; i < count; i++)
        {
            rows.Row(i).ShouldBe(table.Row(indices[i]));
        }
    }

    [TestCase(3, 2, 5, 0)]
    [TestCase(3, 2, 5, 1)]
    [TestCase(100, 60, 900, 2)]
    public void ScatterAdd_RepeatedIndices_AddsUpInOrder(int tableRows, int features, int count, int beta)
    {
        Matrix<T> rows = Some.Matrix<T>(count, features), table = Some.Matrix<T>(tableRows, features, 2);
        int[] indices = Some.Labels(count, tableRows);
        Matrix<T> expected = table.Clone();
        for (int j = 0; j < features; j++)
        {
            for (int i = 0; i < tableRows; i++)
            {
                expected[i, j] *= T.CreateChecked(beta);
            }

            for (int i = 0; i < count; i++)
            {
                expected[indices[i], j] += rows[i, j];
            }
        }

        if (beta == 0)
        {
            table.AsSpan().Fill(T.NaN);
        }

        RowOperations.ScatterAdd(rows, indices, table, T.CreateChecked(beta));
        table.AsSpan().ToArray().ShouldBe(expected.AsSpan().ToArray());
    }

    [TestCase(-1)]
    [TestCase(3)]
    public void GatherAndScatterAdd_IndexOutsideTheTable_IsNamed(int index)
    {
        Matrix<T> table = Some.Matrix<T>(3, 2), rows = Some.Matrix<T>(2, 2);
        Should.Throw<ArgumentOutOfRangeException>(() => RowOperations.Gather(table, [0, index], rows))
            .Message.ShouldContain("Index 1 must name one of the 3 rows of source");
        Should.Throw<ArgumentOutOfRangeException>(() => RowOperations.ScatterAdd(rows, [0, index], table, T.One))
            .Message.ShouldContain("Index 1 must name one of the 3 rows of target");
    }

    [Test]
    public void GatherAndScatterAdd_SteadyState_AllocateNothing()
    {
        Matrix<T> table = Some.Matrix<T>(100, 60), rows = Some.Matrix<T>(900, 60);
        int[] indices = Some.Labels(900, 100);
        Allocation.OfProcess(() =>
        {
            RowOperations.Gather(table, indices, rows);
            RowOperations.ScatterAdd(rows, indices, table, T.Zero);
        }).ShouldBe(0);
    }
}
