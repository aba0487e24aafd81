using NeuralNet.Core;
using NeuralNet.Core.Gates;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Core.Gates;

/// <summary>What gates that put matrices together, take them apart or repeat a row say of themselves, and what they refuse.</summary>
internal sealed class ConcatenateSliceTests
{
    private static readonly string[] Names = ["a", "b"];

    [Test]
    public void Concatenate_EitherAxis_IsNamedAndWrittenByIt()
    {
        ConcatenateGate<double> columns = new(), rows = new(Axis.Rows);
        (columns.Name, rows.Name).ShouldBe(("concatenate columns", "concatenate rows"));
        rows.Description.Settings.ShouldBe([new("axis", "Rows")]);
        columns.Formula(Names).ShouldBe(@"\begin{bmatrix} a & b \end{bmatrix}");
        rows.Formula(Names).ShouldBe(@"\begin{bmatrix} a \\ b \end{bmatrix}");
        columns.LocalGradient(0, Names, "z").ShouldBe("G_{[1]}");
        columns.LocalGradient(1, Names, "z").ShouldBe("G_{[2]}");
    }

    [Test]
    public void Concatenate_MatricesThatDoNotFit_AreNamed()
    {
        Matrix<double> a = Some.Matrix<double>(2, 3), b = Some.Matrix<double>(3, 2);
        Refusal(new ConcatenateGate<double>(), a, b).ShouldBe("concatenate columns expects matrices with the same number of rows, got [2×3] and [3×2].");
        Refusal(new ConcatenateGate<double>(Axis.Rows), a, b).ShouldBe("concatenate rows expects matrices with the same number of columns, got [2×3] and [3×2].");
        Matrix<double> tall = Matrix<double>.Build.Dense(1 << 30, 0);
        Refusal(new ConcatenateGate<double>(Axis.Rows), tall, tall).ShouldBe("concatenate rows would give 2147483648 rows; a matrix has at most 2147483647.");
    }

    [Test]
    public void Slice_Settings_AreItsRanges() =>
        new SliceGate<double>(1..3, ..^1).Description.Settings.ShouldBe([new("rows", "1..3"), new("columns", "0..^1")]);

    [Test]
    public void Slice_EmptyRange_GivesNoRows()
    {
        Matrix<double> none = new SliceGate<double>(1..1, ..).Forward(Some.Matrix<double>(2, 3));
        (none.RowCount, none.ColumnCount).ShouldBe((0, 3));
    }

    [TestCase(2, 3)]
    [TestCase(1, 2)]
    [TestCase(2, 2)]
    public void AddRow_SecondInputThatIsNoSuchRow_IsRefused(int rows, int columns) =>
        Refusal(new AddRowGate<double>(), Some.Matrix<double>(4, 3), Some.Matrix<double>(rows, columns))
            .ShouldBe($"add row expects x [N×M] and a row [1×M], got [4×3] and [{rows}×{columns}].");

    [Test]
    public void Elementwise_MatricesOfTwoShapes_PointsToTheGateThatRepeats() =>
        Refusal(new AddGate<double>(), Some.Matrix<double>(4, 3), Some.Matrix<double>(1, 3)).ShouldBe(
            "add works entry by entry and expects two matrices of one shape, got [4×3] and [1×3]. Only AddRowGate repeats its second input.");

    // z = x²·y with dz/dx = 2xy and dz/dy = x².
    [Test]
    public void BinaryFormula_OfMatrices_IsThatOfTheirEntries()
    {
        var gate = new SquareTimes();
        var cache = new Cache<double>();
        Matrix<double> x = Matrices.FromRows<double>([1, 2], [3, -4]), y = Matrices.FromRows<double>([5, 6], [-7, 8]);
        gate.Forward(x, y, cache).ShouldBe(Matrices.FromRows<double>([5, 24], [-63, 128]));
        (Matrix<double> dx, Matrix<double> dy) = gate.Backward(Matrices.FromRows<double>([2, 10], [1, 0.5]), cache);
        dx.ShouldBe(Matrices.FromRows<double>([20, 240], [-42, -32]));
        dy.ShouldBe(Matrices.FromRows<double>([2, 40], [9, 8]));
    }

    private static string Refusal(Gate<double> gate, params Matrix<double>[] inputs) =>
        Should.Throw<ArgumentException>(() => gate.Forward(inputs, new Cache<double>())).Message;

    private sealed class SquareTimes : BinaryFormulaGate<double>
    {
        protected override double Value(double x, double y) => x * x * y;

        protected override double SlopeX(double x, double y, double z) => 2 * x * y;

        protected override double SlopeY(double x, double y, double z) => x * x;
    }
}
