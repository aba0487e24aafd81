using NeuralNet.Core.Operations;
using NeuralNet.Core.Shapes;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Core.Operations;

/// <summary>Which of its arguments an operation refuses, by the whole message: what lies behind the check would name another, or none.</summary>
internal sealed class OperationRefusalTests
{
    private const string None = "so the two must not share memory.";
    private static readonly Matrix<double> Of54 = Some.Matrix<double>(5, 4), Of51 = Some.Matrix<double>(5, 1), Of41 = Some.Matrix<double>(4, 1);

    private static IEnumerable<TestCaseData> Sizes() =>
    [
        Case("labels of hinge", "Label 1 must name one of the 3 columns of scores, 0 to 2. (Parameter 'labels')\nActual value was 3.",
            () => LossOperations.MulticlassHinge<double>(new double[6], [0, 3], 1, new double[6], new double[2])),
        Case("weights of losses", "There must be a weight for each of the 3 losses, got 2. (Parameter 'weights')", () => LossOperations.Sum<double>(new double[3], new double[2])),
        Case("columns of numbers", "x must be [5×3], which is 15 elements, got 12. (Parameter 'x')",
            () => NormalizationOperations.StandardizeColumnsBackward<double>(new double[12], 5, new double[12], new double[12], new double[12])),
        Case("factors of rows", "factors must be [5×1], got [4×1]. (Parameter 'factors')", () => WeightingOperations.ScaleBackward(Of54, Of54, Of41, null, null)),
        Case("y of interpolation", "y must be [5×4], got [5×1]. (Parameter 'y')",
            () => WeightingOperations.InterpolateBackward(Of54, Of51, Of54, Of51, null, null, null)),
        Case("shares of shifts", "Shares of shifts must be [5×S], S odd and at most the 4 locations, got [5×4]. (Parameter 'shares')",
            () => WeightingOperations.ShiftBackward(Of54, Of54, Of54, null, null)),
        Case("memory of no columns", "A memory [N×(R·W)] goes with similarity [N×R] and key [N×W]; got [5×0], [5×0] and [5×4]. (Parameter 'memory')",
            () => MemoryOperations.Similarity(Some.Matrix<double>(5, 0), Of54, 0.1, Some.Matrix<double>(5, 0))),
        Case("rows of softmax", "A matrix of 4 rows has a multiple of as many elements, got 6. (Parameter 'rows')",
            () => SoftmaxOperations.LogSoftmax<double>(new double[6], 4, new double[6])),
        Case("rows of no softmax", "A matrix of -1 rows has a multiple of as many elements, got 0. (Parameter 'rows')", () => SoftmaxOperations.LogSoftmax<double>([], -1, [])),
    ];

    private static IEnumerable<TestCaseData> Numbers() =>
    [
        OutOfRange("factor", "0 or more", "-1", () => ElementwiseOperations.AddSign<double>([1], -1, new double[1])),
        OutOfRange("factor", "0 or more", "NaN", () => ElementwiseOperations.AddSign<double>([1], double.NaN, new double[1])),
        OutOfRange("positiveWeight", "a finite number above 0", "0", () => LossOperations.BinaryCrossEntropy<double>([1], [1], 0, new double[1], new double[1])),
        OutOfRange("delta", "a finite number above 0", "0", () => LossOperations.Huber<double>([1], [1], 0, new double[1], new double[1])),
        OutOfRange("margin", "a finite number above 0", "0", () => LossOperations.MulticlassHinge<double>([1], [0], 0, new double[1], new double[1])),
    ];

    private static IEnumerable<TestCaseData> Shared()
    {
        Matrix<double> row = Some.Matrix<double>(1, 3), samples = Some.Matrix<double>(2, 4);
        double[] memory = new double[6];
        var convolution = new ConvolutionShape(SampleShape.Image(1, 2, 2), 3, new Window(2));
        var pooling = new PoolingShape(SampleShape.Image(1, 2, 2), new Window(1));
        yield return Case("bias of a convolution", $"output is written while bias is read, {None}",
            () => ConvolutionOperations.Forward(convolution, Some.Matrix<double>(1, 4), Some.Matrix<double>(4, 3), row, row));
        yield return Case("largest of a window", $"output is written while input is read, {None}", () => PoolingOperations.Max(pooling, samples, samples));
        yield return Case("sum of a window", $"output is written while input is read, {None}", () => PoolingOperations.Sum(pooling, samples, samples, 1));
        yield return Case("rows in memory", $"target is written while source is read, {None}", () => RowOperations.Gather<double>(memory, 2, [0, 1], memory));
    }

    // What else is wrong with the arguments must not be said before.
    private static IEnumerable<TestCaseData> Halves() =>
    [
        Type("attention", () => AttentionOperations.Forward<Half>(new AttentionShape(0, 1, 1, 1, 1, false), [], [], [], [], [], [])),
        Type("rotation", () => AttentionOperations.Rotate<Half>([], 1, 2, [], [], 0, isBack: false)),
        Type("gradient of a bias", () => ConvolutionOperations.BackwardBias<Half>(SampleShape.Image(1, 1, 1), null!, null!)),
        Type("convolution", () => ConvolutionOperations.Forward<Half>(null!, null!, null!, null, null!)),
        Type("memory", () => MemoryOperations.Read<Half>(null!, null!, null!)),
        Type("moments", () => NormalizationOperations.RowMoments<Half>([], 0, [], [])),
        Type("sums", () => NormalizationOperations.RowGradientSums<Half>([], 1, [], [default], [], [])),
        Type("pooling", () => PoolingOperations.Max<Half>(null!, null!, null!)),
    ];

    [TestCaseSource(nameof(Sizes))]
    [TestCaseSource(nameof(Numbers))]
    [TestCaseSource(nameof(Shared))]
    public void Operation_WrongArgument_IsNamed(string message, Action run) => Should.Throw<ArgumentException>(run).Message.ReplaceLineEndings("\n").ShouldBe(message);

    [TestCaseSource(nameof(Halves))]
    public void Operation_OtherElementType_IsRefusedFirst(Action run) =>
        Should.Throw<NotSupportedException>(run).Message.ShouldBe("The element type must be float or double, got System.Half.");

    [TestCase("weightsGradient", 0)]
    [TestCase("eraseGradient", 1)]
    [TestCase("addGradient", 2)]
    public void WriteBackward_GradientThatIsNotThere_IsNamed(string name, int missing)
    {
        Matrix<double> memory = Some.Matrix<double>(2, 6), weights = Some.Matrix<double>(2, 3), entries = Some.Matrix<double>(2, 2);
        Matrix<double>?[] results = [weights.Clone(), entries.Clone(), entries.Clone()];
        results[missing] = null;
        Should.Throw<ArgumentNullException>(() => MemoryOperations.WriteBackward(memory.Clone(), memory, weights, entries, entries, null, results[0]!, results[1]!, results[2]!))
            .ParamName.ShouldBe(name);
    }

    [Test]
    public void RecurrentStep_NegativeSamples_AreOutOfRange() => Should.Throw<ArgumentOutOfRangeException>(() =>
        RecurrentOperations.RNN(new RecurrentStep<double> { Hidden = 1, Samples = -1, Stride = 1, Gates = default, Bias = default, PreviousOutput = default, Output = default })).ParamName.ShouldBe("samples");

    private static TestCaseData Case(string name, string message, Action run) => new TestCaseData(message, run).SetArgDisplayNames(name);

    private static TestCaseData OutOfRange(string name, string rule, string number, Action run) =>
        Case($"{name} {number}", $"{name} must be {rule}, got {number}. (Parameter '{name}')\nActual value was {number}.", run);

    private static TestCaseData Type(string name, Action run) => new TestCaseData(run).SetArgDisplayNames(name);
}
