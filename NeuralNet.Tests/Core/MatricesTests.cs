using NeuralNet.Core;
using NeuralNet.Core.Initializers;
using NeuralNet.Core.Operations;
using NeuralNet.Core.Providers;
using NeuralNet.Core.Shapes;
using NeuralNet.Layers;
using NeuralNet.Training.Losses;

namespace NeuralNet.Tests.Core;

/// <summary>Matrices as they are written on paper, and sizes that no array holds.</summary>
internal sealed class MatricesTests
{
    [Test]
    public void FromRows_EachForm_PutsRowAfterRow()
    {
        Matrix<double> expected = Matrix<double>.Build.DenseOfArray(new double[,] { { 1, 2, 3 }, { 4, 5, 6 } });
        Matrices.FromRows<double>([1, 2, 3], [4, 5, 6]).ShouldBe(expected);
        Matrices.FromRows(new double[,] { { 1, 2, 3 }, { 4, 5, 6 } }).ShouldBe(expected);
        Matrices.FromRows<double>(2, 3, [1, 2, 3, 4, 5, 6]).ShouldBe(expected);
    }

    [Test]
    public void FromRows_Nothing_IsAnEmptyMatrix()
    {
        Matrices.FromRows<float>().Shape().ShouldBe("[0×0]");
        Matrices.FromRows<float>([], []).Shape().ShouldBe("[2×0]");
        Matrices.FromRows<float>(0, 3, []).Shape().ShouldBe("[0×3]");
    }

    [Test]
    public void FromRows_RaggedRows_NamesTheRowAndBothLengths() =>
        Should.Throw<ArgumentException>(() => Matrices.FromRows<float>([1, 2], [3, 4], [5]))
            .Message.ShouldContain("row 0 has 2 numbers, row 2 has 1");

    [Test]
    public void FromRows_ARowIsNull_NamesIt() =>
        Should.Throw<ArgumentNullException>(() => Matrices.FromRows<float>([1, 2], null!)).ParamName.ShouldBe("rows[1]");

    [Test]
    public void FromRows_NumbersDoNotFillTheShape_SaysHowManyItNeeds() =>
        Should.Throw<ArgumentException>(() => Matrices.FromRows<float>(65536, 65537, new float[65536]))
            .Message.ShouldContain("[65536×65537] has 4295032832 numbers, got 65536");

    private static IEnumerable<TestCaseData> TooLarge =>
    [
        new TestCaseData(() => { Matrices.Zeros<float>(65536, 65537); }).SetArgDisplayNames("Zeros"),
        new TestCaseData(() => { new Cache<float>().Buffer(0, 65536, 65537); }).SetArgDisplayNames("Buffer"),
        new TestCaseData(() => { new HeNormal().Weight<double>(65536, 65537, new Random(1)); }).SetArgDisplayNames("Weight"),
        new TestCaseData(() => { _ = new Linear<float>(65536, 65537, new Random(1)); }).SetArgDisplayNames("Linear"),
    ];

    [TestCaseSource(nameof(TooLarge))]
    public void New_MoreElementsThanAnArrayHolds_NamesBothNumbers(Action make)
    {
        string message = Should.Throw<ArgumentOutOfRangeException>(make).Message;
        message.ShouldContain("[65536×65537] has 4295032832 elements");
        message.ShouldContain($"an array holds at most {Array.MaxLength}");
    }

    [TestCase(-1, 2)]
    [TestCase(2, -1)]
    [TestCase(-3, -4)]
    public void New_NegativeSize_IsNamed(int rows, int columns)
    {
        Should.Throw<ArgumentOutOfRangeException>(() => Matrices.Zeros<float>(rows, columns))
            .Message.ShouldStartWith($"A matrix has 0 or more rows and columns, got [{rows}×{columns}].");
        Should.Throw<ArgumentOutOfRangeException>(() => Matrices.FromRows<float>(rows, columns, [1]));
    }

    [Test]
    public void FromRows_NumbersForAnEmptyMatrix_AreRefused() =>
        Should.Throw<ArgumentException>(() => Matrices.FromRows(0, 0, [1.0])).Message.ShouldStartWith("A matrix [0×0] has 0 numbers, got 1.");

    // 50,000² is below 2³² and above 2³¹: MathNet's product is negative.
    [Test]
    public void Linear_FiftyThousandSquared_IsRefusedWithItsSize() =>
        Should.Throw<ArgumentOutOfRangeException>(() => new Linear<float>(50_000, 50_000, new Random(1)))
            .Message.ShouldContain("[50000×50000] has 2500000000 elements");

    // MathNet's Dense(65536, 65537) has an array of 65,536 elements.
    private static Matrix<float> Short => Matrix<float>.Build.Dense(65536, 65537);

    private static IEnumerable<TestCaseData> Takers =>
    [
        new TestCaseData(() => { _ = new Parameter<float>(Short); }).SetArgDisplayNames("Parameter"),
        new TestCaseData(() => { _ = new Linear<float>(Short); }).SetArgDisplayNames("Linear"),
        new TestCaseData(() => { new NeuralNet.Core.Functions.ReLU<float>().Forward(Short); }).SetArgDisplayNames("ReLU"),
        new TestCaseData(() => { new NeuralNet.Core.Gates.Softmax<float>().Forward(Short); }).SetArgDisplayNames("Softmax"),
        new TestCaseData(() => { new NeuralNet.Core.Gates.Maxout<float>(65537).Forward(Short); }).SetArgDisplayNames("Maxout"),
        new TestCaseData(() => { new NeuralNet.Core.Gates.TransposeGate<float>().Forward(Short); }).SetArgDisplayNames("Transpose"),
        new TestCaseData(() => { new NeuralNet.Core.Gates.SumGate<float>().Forward(Short); }).SetArgDisplayNames("Sum"),
        new TestCaseData(() => { new SoftmaxCrossEntropy<float>().Forward(Short, new int[65536]); }).SetArgDisplayNames("SoftmaxCrossEntropy"),
        new TestCaseData(() => { new MeanSquaredError<float>().Forward(Short, Short); }).SetArgDisplayNames("MeanSquaredError"),
        new TestCaseData(() => { MatrixViews.Reshape(Short, 65536, 1); }).SetArgDisplayNames("Reshape"),
        new TestCaseData(() => { RowOperations.Sum(Short, Matrix<float>.Build.Dense(1, 65537)); }).SetArgDisplayNames("Rows.Sum"),
        new TestCaseData(() => { RowOperations.Gather(Short, [0], Matrix<float>.Build.Dense(1, 65537)); }).SetArgDisplayNames("Rows.Gather"),
        new TestCaseData(() => { ColumnOperations.Sum(Short, Matrix<float>.Build.Dense(65536, 1)); }).SetArgDisplayNames("Columns.Sum"),
        new TestCaseData(() => { MatrixTransposition.Transpose(Short, Matrix<float>.Build.Dense(65537, 65536)); }).SetArgDisplayNames("Transposition"),
        new TestCaseData(() => { MatrixProduct.Multiply(Transpose.Yes, Short, Transpose.No, Matrix<float>.Build.Dense(65536, 1), Matrix<float>.Build.Dense(65537, 1)); })
            .SetArgDisplayNames("Multiply"),
    ];

    [TestCaseSource(nameof(Takers))]
    public void Matrix_ShorterThanItsShape_IsRefused(Action use)
    {
        Exception exception = Should.Throw<Exception>(use);
        (exception is ArgumentException or InvalidOperationException).ShouldBeTrue(exception.GetType().Name);
        exception.Message.ShouldContain("has 4295032832 elements");
    }

    [Test]
    public void Concatenate_MoreColumnsThanAMatrixHas_SaysHowMany()
    {
        Matrix<float> none = Matrix<float>.Build.Dense(0, 1 << 30);
        Should.Throw<ArgumentException>(() => new NeuralNet.Core.Gates.ConcatenateGate<float>().Forward([none, none], new Cache<float>()))
            .Message.ShouldContain("2147483648 columns");
    }
}
