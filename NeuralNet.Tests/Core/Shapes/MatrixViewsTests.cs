using NeuralNet.Core.Shapes;

namespace NeuralNet.Tests.Core.Shapes;

internal sealed class MatrixViewsTests
{
    // Two samples of 2 channels at 3 positions; sample i, channel c, position p is the number icp.
    private static Matrix<double> Samples() => Matrix<double>.Build.DenseOfArray(new double[,]
    {
        { 000, 001, 002, 010, 011, 012 },
        { 100, 101, 102, 110, 111, 112 },
    });

    [Test]
    public void AsPositions_OfSamples_HasARowForEachPositionOfEachSample() =>
        MatrixViews.AsPositions(Samples(), SampleShape.Sequence(2, 3)).ToArray().ShouldBe(new double[,]
        {
            { 000, 010 },
            { 100, 110 },
            { 001, 011 },
            { 101, 111 },
            { 002, 012 },
            { 102, 112 },
        });

    [Test]
    public void AsSamples_OfPositions_IsTheWayBack()
    {
        var shape = SampleShape.Image(2, 1, 3);
        Matrix<double> samples = Samples();
        Matrix<double> back = MatrixViews.AsSamples(MatrixViews.AsPositions(samples, shape), shape);
        back.ShouldBe(samples);
    }

    [Test]
    public void Reshape_Written_IsSeenThroughBoth()
    {
        Matrix<double> matrix = Samples();
        Matrix<double> view = MatrixViews.Reshape(matrix, 3, 4);
        view[1, 2] = -1; // element 1 + 2·3 = 7 in memory: row 1, column 3
        matrix[1, 3].ShouldBe(-1);
        matrix[0, 2] = -2; // element 4: row 1, column 1
        view[1, 1].ShouldBe(-2);
    }

    [Test]
    public void Reshape_SameShape_IsTheMatrixItself()
    {
        Matrix<double> matrix = Samples();
        MatrixViews.Reshape(matrix, 2, 6).ShouldBeSameAs(matrix);
        MatrixViews.AsPositions(matrix, 6).ShouldBeSameAs(matrix);
    }

    [Test]
    public void Reshape_NoElements_HasTheShapeAskedFor()
    {
        Matrix<double> empty = Matrix<double>.Build.Dense(0, 6);
        MatrixViews.Reshape(empty, 0, 4).ColumnCount.ShouldBe(4);
        MatrixViews.Reshape(empty, 3, 0).RowCount.ShouldBe(3);
    }

    [Test]
    public void Reshape_Negative_NamesWhich()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => MatrixViews.Reshape(Samples(), -3, -4)).ParamName.ShouldBe("rows");
        Should.Throw<ArgumentOutOfRangeException>(() => MatrixViews.Reshape(Samples(), 3, -4)).ParamName.ShouldBe("columns");
    }

    [Test]
    public void Reshape_AnotherCount_NamesBoth()
    {
        Should.Throw<ArgumentException>(() => MatrixViews.Reshape(Samples(), 5, 3)).Message
            .ShouldStartWith("[2×6] has 12 elements and cannot be seen as [5×3], which has 15.");
        Should.Throw<ArgumentException>(() => MatrixViews.Reshape(Samples(), 1 << 16, 1 << 16)).Message.ShouldContain("4294967296");
    }

    [Test]
    public void AsPositions_OtherColumns_NamesShapeAndMatrix() =>
        Should.Throw<ArgumentException>(() => MatrixViews.AsPositions(Samples(), SampleShape.Sequence(2, 4))).Message
            .ShouldStartWith("Samples of 2×4 are the rows of [N×8], got [2×6].");

    [TestCase(3, 2)]
    [TestCase(2, 6)]
    [TestCase(3, 4)]
    public void AsSamples_OtherRowsOrColumns_NamesShapeAndMatrix(int channels, int length) =>
        Should.Throw<ArgumentException>(() => MatrixViews.AsSamples(Matrix<double>.Build.Dense(9, 2), SampleShape.Sequence(channels, length)))
            .Message.ShouldContain("got [9×2]");

    [Test]
    public void Views_DefaultShape_AreRefused()
    {
        Should.Throw<ArgumentException>(() => MatrixViews.AsPositions(Matrix<double>.Build.Dense(2, 0), default));
        Should.Throw<ArgumentException>(() => MatrixViews.AsSamples(Matrix<double>.Build.Dense(2, 0), default));
    }

    [Test]
    public void Reshape_NotDense_IsRefused() =>
        Should.Throw<ArgumentException>(() => MatrixViews.Reshape(Matrix<double>.Build.SparseIdentity(2), 1, 4)).Message.ShouldContain("dense");
}
