using NeuralNet.Core.Shapes;

namespace NeuralNet.Tests.Core.Shapes;

/// <summary>Windows, and the convolutions and poolings that they belong to: what their sizes make them, and what they may not be.</summary>
internal sealed class WindowTests
{
    private static readonly SampleShape Image = SampleShape.Image(2, 4, 6), Sequence = SampleShape.Sequence(2, 6);

    [TestCase(0, 1, 0, 1, "kernel", "0", 1)]
    [TestCase(2, 0, 0, 1, "stride", "0", 1)]
    [TestCase(2, 1, -1, 1, "padding", "-1", 0)]
    [TestCase(2, 1, 0, 0, "dilation", "0", 1)]
    public void Window_NumberBelowItsLeast_IsNamed(int kernel, int stride, int padding, int dilation, string name, string number, int least) =>
        Refusal<ArgumentOutOfRangeException>(() => _ = new Window(kernel, stride, padding, dilation))
            .ShouldBe($"The {name} of a window is {least} or more along each axis. (Parameter '{name}')\nActual value was {number}.");

    private static IEnumerable<TestCaseData> OnASequence() =>
    [
        new TestCaseData(new Window((2, 3)), "kernel", "2×3"),
        new TestCaseData(new Window(2, new Extent(2, 3)), "stride", "2×3"),
        new TestCaseData(new Window(4, 1, (2, 3)), "padding", "2×3"),
        new TestCaseData(new Window(2, 1, 0, new Extent(2, 3)), "dilation", "2×3"),
    ];

    [TestCaseSource(nameof(OnASequence))]
    public void For_SequenceAndTwoNumbers_IsNamed(Window window, string name, string extent) => Refusal<ArgumentException>(() => window.For(Sequence, "A convolution"))
        .ShouldBe($"A convolution is on a sequence, which has one axis: its {name} is one number, got {extent}. (Parameter '{name}')");

    [Test]
    public void For_SequenceAndOneNumber_StandsForItsAxis()
    {
        var expected = new Window((1, 2), new Extent(1, 3), (0, 1), new Extent(1, 2));
        new Window(2, 3, 1, 2).For(Sequence, "A convolution").ShouldBe(expected);
        expected.For(Sequence, "A convolution").ShouldBe(expected);
    }

    // A window that is too large along one axis only, and one that is so by a single position, which a stride of two must not make up for.
    [TestCase(5, 1, 1, "5×1")]
    [TestCase(1, 7, 1, "1×7")]
    [TestCase(5, 1, 2, "5×1")]
    [TestCase(1, 7, 2, "1×7")]
    [TestCase(5, 7, 3, "5×7")]
    public void Positions_WindowLargerThanTheInput_IsRefused(int height, int width, int stride, string reach) =>
        Refusal<ArgumentException>(() => new Window((height, width), stride).Positions(Image, "A convolution")).ShouldBe(
            $"A convolution has a window of {reach}, which is larger than samples of 2×4×6 with a padding of 0 at each end: " +
            "take a smaller kernel or dilation, or more padding. (Parameter 'input')");

    [TestCase(4, 6, 1, 1)]
    [TestCase(3, 5, 2, 2)]
    [TestCase(1, 1, 4, 6)]
    public void Positions_WindowThatFits_AreCounted(int height, int width, int rows, int columns) =>
        new Window((height, width)).Positions(Image, "A convolution").ShouldBe(new Extent(rows, columns));

    [TestCase(int.MaxValue, 0)]
    [TestCase(0, int.MaxValue)]
    public void Positions_PaddingBeyondAllPositions_IsRefused(int height, int width) =>
        Refusal<ArgumentException>(() => new Window(1, 1, (height, width)).Positions(Image, "A convolution"))
            .ShouldEndWith("an axis has at most 2147483647 positions with it. (Parameter 'input')");

    [Test]
    public void Shapes_NoWindow_IsNamed()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new ConvolutionShape(Image, 1, default)).ParamName.ShouldBe("window");
        Should.Throw<ArgumentOutOfRangeException>(() => new PoolingShape(Image, default)).ParamName.ShouldBe("window");
    }

    [Test]
    public void Convolution_WeightBeyondAnArray_IsRefused()
    {
        int outputs = Array.MaxLength / 2;
        new ConvolutionShape(SampleShape.Image(2, 1, 1), outputs, new Window(1)).WeightRows.ShouldBe(2);
        Refusal<ArgumentException>(() => _ = new ConvolutionShape(SampleShape.Image(2, 1, 1), outputs + 1, new Window(1)))
            .ShouldBe($"A convolution with a weight [2×{outputs + 1}] has more elements than an array holds. (Parameter 'outputs')");
        new ConvolutionShape(SampleShape.Image(1, 1, 1), Array.MaxLength, new Window(1)).WeightRows.ShouldBe(1);
    }

    // A product of matrices is a window of one position that goes over each, without padding and groups.
    [TestCase(1, 1, 0, 1, true)]
    [TestCase(2, 1, 0, 1, false)]
    [TestCase(1, 2, 0, 1, false)]
    [TestCase(1, 1, 1, 1, false)]
    [TestCase(1, 1, 0, 2, false)]
    public void Convolution_OfOnePosition_IsAProduct(int kernel, int stride, int padding, int groups, bool isProduct) =>
        new ConvolutionShape(Image, 2, new Window(kernel, stride, padding), groups).IsProduct.ShouldBe(isProduct);

    [Test]
    public void Pooling_Dilation_IsRefused() => Refusal<ArgumentOutOfRangeException>(() => _ = new PoolingShape(Image, new Window(2, 2, 0, 2)))
        .ShouldBe("A pooling has no dilation. (Parameter 'window')\nActual value was 2.");

    // Each input belongs to one window where windows lie side by side and fill the image.
    [TestCase(2, 2, 2, 2, 0, true)]
    [TestCase(4, 3, 4, 3, 0, true)]
    [TestCase(2, 2, 1, 2, 0, false)]
    [TestCase(2, 2, 2, 2, 1, false)]
    [TestCase(3, 2, 3, 2, 0, false)]
    [TestCase(2, 4, 2, 4, 0, false)]
    public void Pooling_WindowsSideBySide_AreAPartition(int height, int width, int down, int right, int padding, bool isPartition) =>
        new PoolingShape(Image, new Window((height, width), new Extent(down, right), padding)).IsPartition.ShouldBe(isPartition);

    [Test]
    public void Pooling_OfASequenceOrAnImage_GivesTheSame()
    {
        new PoolingShape(Sequence, new Window(2, 2)).Output.ShouldBe(SampleShape.Sequence(2, 3));
        new PoolingShape(Image, new Window(2, 2)).Output.ShouldBe(SampleShape.Image(2, 2, 3));
        new PoolingShape(SampleShape.Image(2, 1, 6), new Window((1, 2), new Extent(1, 2))).Output.ShouldBe(SampleShape.Image(2, 1, 3));
    }

    private static string Refusal<TException>(Action action) where TException : ArgumentException => Should.Throw<TException>(action).Message.ReplaceLineEndings("\n");
}
