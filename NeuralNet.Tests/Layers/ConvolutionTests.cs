using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Core.Initializers;
using NeuralNet.Core.Shapes;
using NeuralNet.Layers;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Layers;

/// <summary>Shapes, names, starting values and errors of convolutions and their transposes; their numbers are in <see cref="PyTorchLayerTests"/>.</summary>
internal sealed class ConvolutionTests
{
    private static readonly Random Random = new(1);

    [Test]
    public void Name_EachSetting_IsShownWhereItIsNotTheUsualOne()
    {
        new Convolution<float>(SampleShape.Image(1, 28, 28), 8, 5, Random, padding: 2).ToString().ShouldBe("Convolution(1×28×28 → 8×28×28, kernel 5, padding 2)");
        new Convolution<float>(SampleShape.Image(4, 9, 9), 6, (3, 1), Random, 2, (1, 0), 2, 2, bias: false).ToString()
            .ShouldBe("Convolution(4×9×9 → 6×4×5, kernel 3×1, stride 2, padding 1×0, dilation 2, 2 groups, no bias)");
        new Convolution<float>(SampleShape.Sequence(4, 10), 6, 3, Random, stride: 2).ToString().ShouldBe("Convolution(4×10 → 6×4, kernel 3, stride 2)");
        new TransposedConvolution<float>(SampleShape.Image(3, 4, 4), 2, 4, Random, 2, 1).ToString().ShouldBe("TransposedConvolution(3×4×4 → 2×8×8, kernel 4, stride 2, padding 1)");
    }

    [Test]
    public void Description_EachKind_HasWhatItIsBuiltOf()
    {
        new Convolution<float>(SampleShape.Sequence(4, 10), 6, 3, Random, 2, 1, 2, 2, bias: false).Description.ToString()
            .ShouldBe("Convolution(4×10, 6, 3, 2, 1, 2, 2, False)");
        new TransposedConvolution<float>(SampleShape.Image(2, 5, 4), 4, 3, Random, (3, 2), 1, (2, 1), groups: 2).Description.ToString()
            .ShouldBe("TransposedConvolution(2×5×4, 4, 3, 3×2, 1, 2×1, 1, 2, True)");
    }

    [TestCase(28, 5, 1, 2, 1, 28)]
    [TestCase(28, 5, 1, 0, 1, 24)]
    [TestCase(7, 3, 2, 0, 1, 3)]
    [TestCase(8, 3, 2, 0, 1, 3)]
    [TestCase(8, 3, 2, 1, 2, 3)]
    [TestCase(1, 1, 5, 0, 1, 1)]
    public void Output_OneAxis_IsThatOfTheFormula(int length, int kernel, int stride, int padding, int dilation, int expected)
    {
        var layer = new Convolution<float>(SampleShape.Sequence(2, length), 3, kernel, Random, stride, padding, dilation);
        layer.Output.ShouldBe(SampleShape.Sequence(3, expected));
        layer.OutputShape(layer.InputShape).ShouldBe(layer.Output);
    }

    // A step beyond the input has no more phases to lay out than a step that just leaves it.
    [Test]
    public void Stride_AsLargeAsANumberCanBe_IsThatOfOneWindow()
    {
        Matrix<double> x = Some.Matrix<double>(2, 50, 3);
        Convolution<double> largest = new(SampleShape.Image(2, 5, 5), 3, 3, new Random(1), stride: int.MaxValue), larger = new(SampleShape.Image(2, 5, 5), 3, 3, new Random(1), stride: 9);
        Cache<double> cache = new(), other = new();
        Matrix<double> y = largest.Forward(x, cache), upstream = Some.Matrix<double>(2, 3, 4);
        y.ShouldBe(larger.Forward(x, other));
        largest.Backward(upstream, cache).ShouldBe(larger.Backward(upstream, other));
        largest.Weight.Gradient.ShouldBe(larger.Weight.Gradient);
    }

    [Test]
    public void Constructor_PaddingBeyondAnAxis_SaysSo() => Should.Throw<ArgumentException>(
        () => new Convolution<float>(SampleShape.Sequence(1, 4), 1, 2, new Random(1), padding: 1 << 30, dilation: int.MaxValue))
        .Message.ShouldContain($"has a padding of {1 << 30} at each end; an axis has at most {int.MaxValue} positions with it");

    [Test]
    public void Constructor_ShapesThatDoNotFit_SaysWhatIsWrong()
    {
        Message(() => new Convolution<float>(SampleShape.Image(3, 4, 6), 2, 5, Random)).ShouldBe(
            "A convolution has a window of 5×5, which is larger than samples of 3×4×6 with a padding of 0 at each end: take a smaller kernel or dilation, or more padding. (Parameter 'input')");
        Message(() => new Convolution<float>(SampleShape.Sequence(3, 4), 2, 3, Random, dilation: 3, padding: 1)).ShouldBe(
            "A convolution has a window of 7, which is larger than samples of 3×4 with a padding of 1 at each end: take a smaller kernel or dilation, or more padding. (Parameter 'input')");
        Message(() => new Convolution<float>(SampleShape.Image(3, 4, 6), 4, 3, Random, groups: 2)).ShouldBe(
            "A convolution from 3 to 4 channels cannot have 2 groups: they must divide both numbers of channels. (Parameter 'groups')");
        Message(() => new Convolution<float>(784, 4, 3, Random)).ShouldBe(
            "A convolution moves over the positions of a sample: it takes sequences C×T or images C×H×W, got samples of 784, a vector. " +
            "Give a shape made by SampleShape.Sequence or SampleShape.Image. (Parameter 'input')");
        Message(() => new Convolution<float>(SampleShape.Sequence(3, 9), 4, (2, 3), Random)).ShouldBe(
            "A convolution is on a sequence, which has one axis: its kernel is one number, got 2×3. (Parameter 'kernel')");
        Message(() => new Convolution<float>(new ConvolutionShape(SampleShape.Image(3, 4, 6), 4, new Window(3)), Some.Matrix<float>(26, 4))).ShouldBe(
            "Convolution(3×4×6 → 4×2×4) expects weight [27×4], got [26×4]. (Parameter 'weight')");
        Message(() => new Convolution<float>(new ConvolutionShape(SampleShape.Image(3, 4, 6), 4, new Window(3)), Some.Matrix<float>(27, 4), Some.Matrix<float>(4, 1))).ShouldBe(
            "Convolution(3×4×6 → 4×2×4) expects bias [1×4], got [4×1]. (Parameter 'bias')");
        Message(() => new TransposedConvolution<float>(SampleShape.Image(3, 1, 2), 4, 1, Random, padding: 1)).ShouldBe(
            "A transposed convolution of samples of 3×1×2 with a kernel of 1 and a padding of 1 would give -1×0 positions: take less padding. (Parameter 'input')");
    }

    [Test]
    public void Constructor_SettingOutOfRange_NamesIt()
    {
        Wrong(() => new Convolution<float>(SampleShape.Image(3, 4, 6), 0, 3, Random)).ShouldBe("outputs");
        Wrong(() => new Convolution<float>(SampleShape.Image(3, 4, 6), 2, 0, Random)).ShouldBe("kernel");
        Wrong(() => new Convolution<float>(SampleShape.Image(3, 4, 6), 2, 3, Random, stride: (1, 0))).ShouldBe("stride");
        Wrong(() => new Convolution<float>(SampleShape.Image(3, 4, 6), 2, 3, Random, padding: -1)).ShouldBe("padding");
        Wrong(() => new Convolution<float>(SampleShape.Image(3, 4, 6), 2, 3, Random, dilation: 0)).ShouldBe("dilation");
        Wrong(() => new Convolution<float>(SampleShape.Image(3, 4, 6), 2, 3, Random, groups: 0)).ShouldBe("groups");
        Wrong(() => new TransposedConvolution<float>(SampleShape.Image(3, 4, 6), 2, 3, Random, stride: 2, outputPadding: 2)).ShouldBe("outputPadding");
        Should.Throw<ArgumentNullException>(() => new Convolution<float>(SampleShape.Image(3, 4, 6), 2, 3, null!)).ParamName.ShouldBe("random");
    }

    // 3 channels of 2×5 in 1 group: 30 inputs for an output; 8 outputs in their windows for an input. HeNormal draws with σ² = 2/fanIn.
    [Test]
    public void Initializer_Fans_AreThoseOfTheWindow()
    {
        var seen = new FanRecorder();
        _ = new Convolution<float>(SampleShape.Image(6, 8, 8), 8, (2, 5), Random, groups: 2, initializer: seen);
        seen.Fans.ShouldBe((30, 40));
        _ = new TransposedConvolution<float>(SampleShape.Image(6, 8, 8), 8, (2, 5), Random, groups: 2, initializer: seen);
        seen.Fans.ShouldBe((30, 40));
    }

    [Test]
    public void Forward_WrongColumns_NamesTheShape() =>
        Should.Throw<ArgumentException>(() => new Convolution<float>(SampleShape.Image(1, 4, 4), 2, 3, Random).Forward(Some.Matrix<float>(2, 15))).Message.ShouldBe(
            "Convolution(1×4×4 → 2×2×2, kernel 3) expects input [N×1×4×4], got [2×15]. Rows are samples, columns are features. (Parameter 'input')");

    [Test]
    public void From_ShapesOfTheLayersBefore_AreHandedOn()
    {
        var net = Sequential<float>.From(
            SampleShape.Image(1, 28, 28),
            shape => new Convolution<float>(shape, 8, 5, Random, padding: 2),
            _ => new ReLU<float>(),
            shape => new MaxPool<float>(shape, 2),
            _ => new Flatten<float>(),
            shape => ("classes", new Linear<float>(shape.Size, 10, Random)));
        net.InputShape.ShouldBe(SampleShape.Image(1, 28, 28));
        net.Parameters.Select(named => named.Name).ShouldBe(["0.weight", "0.bias", "classes.weight", "classes.bias"]);
        net.Forward(Some.Matrix<float>(3, 784)).ColumnCount.ShouldBe(10);
    }

    [Test]
    public void From_ImageBeforeALinearLayer_AsksForAFlatten() =>
        Should.Throw<ArgumentException>(() => Sequential<float>.From(
            SampleShape.Image(1, 4, 4), shape => new MaxPool<float>(shape, 2), shape => new Linear<float>(shape.Size, 10, Random))).Message.ShouldBe(
                "Layer 1, Linear(4 → 10), expects input [N×4], but layer 0, MaxPool(1×4×4 → 1×2×2, kernel 2, stride 2), gives [N×1×2×2]. " +
                "A Flatten or Reshape between them says that this is meant.");

    private static string Message(Func<object> make) => Should.Throw<ArgumentException>(() => _ = make()).Message;

    private static string? Wrong(Func<object> make) => Should.Throw<ArgumentOutOfRangeException>(() => _ = make()).ParamName;

    private sealed class FanRecorder : Initializer
    {
        public (int In, int Out) Fans { get; private set; }

        public override void Fill<T>(Span<T> values, int fanIn, int fanOut, Random random) => Fans = (fanIn, fanOut);
    }
}
