using NeuralNet.Core;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Core;

/// <summary>Gradients of a parameter by single rows.</summary>
internal sealed class RowGradientTests
{
    [Test]
    public void AddRowsToGradient_DuplicatesAndSecondCall_AddUpInTheirRows()
    {
        var parameter = new Parameter<double>(Some.Matrix<double>(4, 2));
        parameter.AddRowsToGradient([3, 1, 3], Of(new double[,] { { 1, 2 }, { 10, 20 }, { 100, 200 } }));
        parameter.AddRowsToGradient([0, 1], Of(new double[,] { { 5, 6 }, { 7, 8 } }));
        parameter.GradientRows.ToArray().ShouldBe([3, 1, 0]);
        parameter.Gradient.ShouldBe(Of(new double[,] { { 5, 6 }, { 17, 28 }, { 0, 0 }, { 101, 202 } }));
        parameter.IsGradientByRows.ShouldBeFalse();
    }

    [Test]
    public void AddRowsToGradient_AfterZeroGradient_ForgetsTheRowsBefore()
    {
        var parameter = new Parameter<double>(Some.Matrix<double>(3, 1));
        parameter.AddRowsToGradient([2, 0], Of(new double[,] { { 1 }, { 2 } }));
        parameter.ZeroGradient();
        parameter.IsGradientZero.ShouldBeTrue();
        parameter.GradientRows.IsEmpty.ShouldBeTrue();
        parameter.AddRowsToGradient([0], Of(new double[,] { { 4 } }));
        parameter.Gradient.ShouldBe(Of(new double[,] { { 4 }, { 0 }, { 0 } }));
    }

    // In the places of the rows before, in the same order and in another.
    [Test]
    public void AddRowsToGradient_SameRowsAfterZeroGradient_HoldsTheNewSumsOnly()
    {
        var parameter = new Parameter<double>(Some.Matrix<double>(4, 3));
        parameter.AddRowsToGradient([2, 0, 3], Of(new double[,] { { 1, 2, 3 }, { 4, 5, 6 }, { 7, 8, 9 } }));
        parameter.ZeroGradient();
        parameter.AddRowsToGradient([2], Of(new double[,] { { 10, 20, 30 } }));
        parameter.AddRowsToGradient([3, 0], Of(new double[,] { { 40, 50, 60 }, { 70, 80, 90 } }));
        parameter.GradientRows.ToArray().ShouldBe([2, 3, 0]);
        parameter.Gradient.ShouldBe(Of(new double[,] { { 70, 80, 90 }, { 0, 0, 0 }, { 10, 20, 30 }, { 40, 50, 60 } }));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void AddRowsToGradient_MixedWithAWholeMatrix_LosesNothing(bool rowsFirst)
    {
        var parameter = new Parameter<double>(Some.Matrix<double>(2, 2));
        void AddRows() => parameter.AddRowsToGradient([1, 1], Of(new double[,] { { 1, 2 }, { 3, 4 } }));
        if (rowsFirst)
        {
            AddRows();
        }

        parameter.AddToGradient(Matrix<double>.Build.Dense(2, 2, 10));
        if (!rowsFirst)
        {
            AddRows();
        }

        parameter.Gradient.ShouldBe(Of(new double[,] { { 10, 10 }, { 14, 16 } }));
    }

    // Small whole numbers, so that sums are exact in any order; large enough that threads share the columns.
    [Test]
    public void AddRowsToGradient_ManyRowsInSeveralCalls_AgreesWithSumsByHand()
    {
        const int Rows = 300, Columns = 70;
        var parameter = new Parameter<float>(Some.Matrix<float>(Rows, Columns));
        var expected = new float[Rows, Columns];
        foreach (int count in (ReadOnlySpan<int>)[3, 400, 50])
        {
            int[] rows = Some.Labels(count, Rows, seed: count);
            Matrix<float> gradients = Matrix<float>.Build.Dense(count, Columns, (k, j) => ((k * 7) + j) % 11);
            parameter.AddRowsToGradient(rows, gradients);
            for (int k = 0; k < count; k++)
            {
                for (int j = 0; j < Columns; j++)
                {
                    expected[rows[k], j] += gradients[k, j];
                }
            }
        }

        parameter.ScaleGradient(2);
        parameter.IsGradientByRows.ShouldBeTrue();
        parameter.Gradient.ShouldBe(2 * Matrix<float>.Build.DenseOfArray(expected));
    }

    [Test]
    public void AddRowsToGradient_NoRows_AddsNothing()
    {
        var parameter = new Parameter<double>(Some.Matrix<double>(2, 2));
        parameter.AddRowsToGradient([], Matrix<double>.Build.Dense(0, 2));
        parameter.IsGradientZero.ShouldBeTrue();
    }

    // Rows come in the order of their first use, and a column of the storage is longer than the rows in use.
    [Test]
    public void ClampGradient_ByRows_BringsEachNumberWithinTheLimit()
    {
        var parameter = new Parameter<double>(Some.Matrix<double>(5, 3));
        parameter.AddRowsToGradient([4, 0, 1, 2], Of(new double[,] { { 9, 9, 9 }, { 9, 9, 9 }, { 9, 9, 9 }, { 9, 9, 9 } }));
        parameter.ZeroGradient();
        parameter.AddRowsToGradient([3, 1], Of(new double[,] { { 1, -5, 3 }, { -1, 4, -7 } }));
        parameter.ClampGradient(2);
        parameter.IsGradientByRows.ShouldBeTrue();
        parameter.Gradient.ShouldBe(Of(new double[,] { { 0, 0, 0 }, { -1, 2, -2 }, { 0, 0, 0 }, { 1, -2, 2 }, { 0, 0, 0 } }));
    }

    [TestCase(2)]
    [TestCase(4)]
    public void AddRowsToGradientFromMemory_OtherLength_IsNamed(int length)
    {
        var parameter = new Parameter<double>(Some.Matrix<double>(2, 3));
        Should.Throw<ArgumentException>(() => parameter.AddRowsToGradientFromMemory([0], new double[length])).Message
            .ShouldBe($"gradients must be [1×3], which is 3 elements, got {length}. (Parameter 'gradients')");
        parameter.IsGradientZero.ShouldBeTrue();
    }

    [Test]
    public void AddRowsToGradient_BadInput_IsRefusedAndNothingAdded()
    {
        var parameter = new Parameter<double>(Some.Matrix<double>(2, 3));
        Should.Throw<ArgumentException>(() => parameter.AddRowsToGradient([0], Some.Matrix<double>(2, 3))).Message.ShouldContain("are [1×3], got [2×3]");
        Should.Throw<ArgumentOutOfRangeException>(() => parameter.AddRowsToGradient([0, 2], Some.Matrix<double>(2, 3)))
            .Message.ShouldContain("has the rows 0 to 1, got 2 at position 1");
        Should.Throw<ArgumentOutOfRangeException>(() => parameter.AddRowsToGradient([-1], Some.Matrix<double>(1, 3)));
        parameter.IsGradientZero.ShouldBeTrue();
    }

    private static Matrix<double> Of(double[,] numbers) => Matrix<double>.Build.DenseOfArray(numbers);
}
