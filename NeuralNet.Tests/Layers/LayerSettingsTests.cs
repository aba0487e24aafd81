using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Core.Randomness;
using NeuralNet.Core.Shapes;
using NeuralNet.Layers;
using NeuralNet.Layers.Attention;
using NeuralNet.Layers.Memory;
using NeuralNet.Layers.Recurrent;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Layers;

/// <summary>What layers refuse to be made of, how they are named, and which of their parameters count in a weight decay.</summary>
internal sealed class LayerSettingsTests
{
    private static readonly Philox s_random = new(1);

    private static TestCaseData[] OutOfRange() =>
    [
        Case("channels", () => new ChannelDropout<float>(0, 0.5, s_random)),
        Case("probability", () => new ChannelDropout<float>(1, 1, s_random)),
        Case("probability", () => new ChannelDropout<float>(1, -0.1, s_random)),
        Case("probability", () => new ChannelDropout<float>(1, double.NaN, s_random)),
        Case("groups", () => new GroupNorm<float>(0, 4)),
        Case("channels", () => new GroupNorm<float>(1, 0)),
        Case("epsilon", () => new GroupNorm<float>(1, 4, 0)),
        Case("momentum", () => new BatchNorm<float>(4, momentum: -0.1)),
        Case("momentum", () => new BatchNorm<float>(4, momentum: 1.1)),
        Case("momentum", () => new BatchNorm<float>(4, momentum: double.NaN)),
        Case("factor", () => new Upsample<float>(SampleShape.Image(1, 2, 2), (0, 1))),
        Case("factor", () => new Upsample<float>(SampleShape.Image(1, 2, 2), (1, 0))),
        Case("outputs", () => new TransposedConvolution<float>(SampleShape.Image(1, 4, 4), 0, 3, s_random)),
        Case("outputPadding", () => new TransposedConvolution<float>(SampleShape.Image(1, 4, 4), 1, 3, s_random, stride: new Extent(2, 3), outputPadding: (-1, 0))),
        Case("outputPadding", () => new TransposedConvolution<float>(SampleShape.Image(1, 4, 4), 1, 3, s_random, stride: new Extent(2, 3), outputPadding: (0, -1))),
        Case("outputPadding", () => new TransposedConvolution<float>(SampleShape.Image(1, 4, 4), 1, 3, s_random, stride: new Extent(2, 3), outputPadding: (2, 0))),
        Case("outputPadding", () => new TransposedConvolution<float>(SampleShape.Image(1, 4, 4), 1, 3, s_random, stride: new Extent(2, 3), outputPadding: (0, 3))),
        Case("channels", () => new PerPosition<float>(new Linear<float>(2, 2, s_random), 0)),
        Case("inputs", () => new NeuralTuringMachine<float>(0, 1, 1, 1, 1, s_random)),
        Case("outputs", () => new NeuralTuringMachine<float>(1, 0, 1, 1, 1, s_random)),
        Case("hidden", () => new NeuralTuringMachine<float>(1, 1, 0, 1, 1, s_random)),
        Case("locations", () => new NeuralTuringMachine<float>(1, 1, 1, 0, 1, s_random)),
        Case("width", () => new NeuralTuringMachine<float>(1, 1, 1, 1, 0, s_random)),
        Case("readHeads", () => new NeuralTuringMachine<float>(1, 1, 1, 1, 1, s_random, readHeads: 0)),
        Case("writeHeads", () => new NeuralTuringMachine<float>(1, 1, 1, 1, 1, s_random, writeHeads: 0)),
        Case("shifts", () => new NeuralTuringMachine<float>(1, 1, 1, 5, 1, s_random, shifts: 2)),
        Case("shifts", () => new NeuralTuringMachine<float>(1, 1, 1, 5, 1, s_random, shifts: 7)),
        Case("inputs", () => new LSTM<float>(0, 1, s_random)),
        Case("hidden", () => new GRU<float>(1, 0, s_random)),
        Case("layers", () => new RNN<float>(1, 1, s_random, layers: 0)),
    ];

    [TestCaseSource(nameof(OutOfRange))]
    public void Constructor_SettingOutOfRange_NamesIt(string name, Func<object> make) => Should.Throw<ArgumentOutOfRangeException>(() => _ = make()).ParamName.ShouldBe(name);

    private static TestCaseData[] Missing() =>
    [
        Case("random", () => new ChannelDropout<float>(1, 0.5, null!)),
        Case("random", () => new NeuralTuringMachine<float>(1, 1, 1, 1, 1, null!)),
        Case("random", () => new LSTM<float>(1, 1, null!)),
        Case("random", () => new LearnedPositions<float>(1, 1, null!)),
        Case("weight", () => new Convolution<float>(new ConvolutionShape(SampleShape.Image(1, 2, 2), 1, new Window(1)), null!)),
        Case("shift", () => new FeatureScaling<float>(null!, Matrices.Zeros<float>(1, 1))),
        Case("scale", () => new FeatureScaling<float>(Matrices.Zeros<float>(1, 1), null!)),
        Case("inner", () => new PerPosition<float>(null!)),
        Case("layer", () => new RecurrentGate<float>(null!)),
        Case("layer", () => new Masked<float>(null!)),
        Case("network", () => new StepByStep<float>(null!)),
        Case("layers", () => Sequential<float>.From(3, (IEnumerable<Func<SampleShape, SequentialPart<float>>>)null!)),
        Case("layers", () => Sequential<float>.From(3, _ => new ReLU<float>(), null!)),
    ];

    [TestCaseSource(nameof(Missing))]
    public void Constructor_NothingGiven_NamesIt(string name, Func<object> make) => Should.Throw<ArgumentNullException>(() => _ = make()).ParamName.ShouldBe(name);

    private static TestCaseData[] Wrong() =>
    [
        Case("expects bias [1×3], got [1×2].", () => new Convolution<float>(OnePixel, Matrices.Zeros<float>(2, 3), Matrices.Zeros<float>(1, 2))),
        Case("expects bias [1×3], got [2×3].", () => new Convolution<float>(OnePixel, Matrices.Zeros<float>(2, 3), Matrices.Zeros<float>(2, 3))),
        Case("expects weight [2×3], got [2×2].", () => new Convolution<float>(OnePixel, Matrices.Zeros<float>(2, 2))),
        Case("expects weight [2×3], got [3×3].", () => new Convolution<float>(OnePixel, Matrices.Zeros<float>(3, 3))),
        Case("would give 0×3 positions: take less padding.", () => new TransposedConvolution<float>(SampleShape.Image(1, 2, 2), 1, (3, 2), s_random, padding: (2, 0))),
        Case("would give 3×0 positions: take less padding.", () => new TransposedConvolution<float>(SampleShape.Image(1, 2, 2), 1, (2, 3), s_random, padding: (0, 2))),
        Case("an axis has at most 2147483647.", () => new TransposedConvolution<float>(SampleShape.Image(1, 1, 70_000), 1, (1, 1), s_random, stride: (1, 70_000))),
        Case("an axis has at most 2147483647.", () => new TransposedConvolution<float>(SampleShape.Image(1, 70_000, 1), 1, (1, 1), s_random, stride: (70_000, 1))),
        Case("an axis has at most 2147483647.", () => new Upsample<float>(SampleShape.Image(1, 70_000, 1), (70_000, 1))),
        Case("an axis has at most 2147483647.", () => new Upsample<float>(SampleShape.Image(1, 1, 70_000), (1, 70_000))),
        Case("ReLU does not say how many channels it takes: say it.", () => new PerPosition<float>(new ReLU<float>())),
        Case("gives its layer vectors of 3 channels, but Linear(2 → 2) expects [N×2].", () => new PerPosition<float>(new Linear<float>(2, 2, s_random), 3)),
        Case("gives its layer vectors of its channels, but", () => new PerPosition<float>(new MaxPool<float>(SampleShape.Image(1, 2, 2), 2))),
        Case("takes a layer that makes vectors of vectors, but Reshape(1×2×2) makes [N×1×2×2] of [N×4].", () => new PerPosition<float>(new Reshape<float>(SampleShape.Image(1, 2, 2)), 4)),
        Case("Layer 2 cannot be made for its input: layer 1, Unsaid, does not say what shape it gives.", () => Sequential<float>.From(
            3, _ => new ReLU<float>(), _ => new Unsaid(), shape => new Linear<float>(shape.Size, 2, s_random))),
        Case("must be odd and from 1 to the 4 locations, got 2.", () => new NeuralTuringMachine<float>(1, 1, 1, 4, 1, s_random, shifts: 2)),
        Case("and the input [N×3]. A shortcut brings the input to that shape.", () => new Residual<float>(new Linear<float>(3, 2, s_random))),
        Case("and Linear(3 → 4) [N×4].", () => new Residual<float>(new Linear<float>(3, 2, s_random), new Linear<float>(3, 4, s_random))),
    ];

    [TestCaseSource(nameof(Wrong))]
    public void Constructor_PartsThatDoNotFit_SaysSo(string message, Func<object> make) => Should.Throw<ArgumentException>(() => _ = make()).Message.ShouldContain(message);

    private static TestCaseData[] Named() =>
    [
        Case("Recurrent(LSTM(2 → 3))", () => new RecurrentGate<float>(new LSTM<float>(2, 3, s_random), lengths: false)),
        Case("Recurrent(LSTM(2 → 3), lengths)", () => new RecurrentGate<float>(new LSTM<float>(2, 3, s_random))),
        Case("Recurrent(LSTM(2 → 3), lengths, initial state)", () => new RecurrentGate<float>(new LSTM<float>(2, 3, s_random), initialState: true)),
        Case("Residual(ReLU)", () => new Residual<float>(new ReLU<float>())),
        Case("Residual(ReLU, Tanh)", () => new Residual<float>(new ReLU<float>(), new Tanh<float>())),
        Case("Concatenate(ReLU, Tanh)", () => new Concatenate<float>(new ReLU<float>(), new Tanh<float>())),
        Case("Embedding(3 × 2, padding 1)", () => new Embedding<float>(3, 2, s_random, paddingIndex: 1)),
        Case("Masked(MultiHeadAttention(2, 1 heads))", () => new Masked<float>(new MultiHeadAttention<float>(2, 1, s_random))),
    ];

    [TestCaseSource(nameof(Named))]
    public void Name_OfALayer_HasWhatIsNotTheDefault(string name, Func<object> make) => make().ToString().ShouldBe(name);

    [Test]
    public void Upsample_OfASequence_IsASequence() =>
        new Upsample<float>(SampleShape.Sequence(2, 3), 4).Output.ShouldBe(SampleShape.Sequence(2, 12));

    [Test]
    public void Probability_OfNone_IsTaken() => new ChannelDropout<float>(2, 0, s_random).Forward(Some.Matrix<float>(3, 4), new Cache<float>()).ShouldBe(Some.Matrix<float>(3, 4));

    [Test]
    public void Normalization_BeforeTraining_ScalesByOneAndDecaysNothing()
    {
        foreach (Layer<float> layer in (Layer<float>[])[new BatchNorm<float>(4), new LayerNorm<float>(4), new GroupNorm<float>(2, 4)])
        {
            layer.Parameters.Select(named => named.Name).ShouldBe(["weight", "bias"]);
            layer.Parameters.ShouldAllBe(named => !named.Parameter.IsRegularized);
            layer.Parameters[0].Parameter.Value.ShouldBe(Matrix<float>.Build.Dense(1, 4, 1));
            layer.Parameters[1].Parameter.Value.ShouldBe(Matrix<float>.Build.Dense(1, 4));
        }

        new Convolution<float>(SampleShape.Image(1, 2, 2), 2, 1, s_random).Bias!.IsRegularized.ShouldBeFalse();
        new Convolution<float>(SampleShape.Image(1, 2, 2), 2, 1, s_random).Weight.IsRegularized.ShouldBeTrue();
    }

    [Test]
    public void Residual_OneWaySaysItsShape_IsTheShapeOfBoth()
    {
        new Residual<float>(new ReLU<float>(), new Linear<float>(3, 3, s_random)).InputShape.ShouldBe(3);
        new Residual<float>(new Linear<float>(3, 3, s_random), new ReLU<float>()).InputShape.ShouldBe(3);
        new Residual<float>(new Unsaid(), new Linear<float>(3, 2, s_random)).OutputShape(3).ShouldBe(2);
        new Residual<float>(new Linear<float>(3, 2, s_random), new Unsaid()).OutputShape(3).ShouldBe(2);
    }

    [Test]
    public void Masked_InFiles_NamesItsLayer() =>
        new Masked<float>(new MultiHeadAttention<float>(2, 1, s_random)).Parameters.ShouldAllBe(named => named.Name.StartsWith("layer."));

    [Test]
    public void Shifts_OfTwoLocations_AreOne() => new NeuralTuringMachine<float>(1, 1, 1, 2, 1, s_random).Shifts.ShouldBe(1);

    [Test]
    public void Shifts_OfThreeLocations_AreThree() => new NeuralTuringMachine<float>(1, 1, 1, 3, 1, s_random).Shifts.ShouldBe(3);

    [Test]
    public void Weights_OfNoSuchStepOrHead_AreRefused()
    {
        var machine = new NeuralTuringMachine<float>(2, 1, 1, 3, 1, s_random);
        var cache = new Cache<float>();
        machine.Forward(Some.Matrix<float>(2, 10), cache);

        machine.ReadWeights(cache, 4).Shape().ToString().ShouldBe("[2×3]");
        Should.Throw<ArgumentOutOfRangeException>(() => machine.ReadWeights(cache, 5)).ParamName.ShouldBe("step");
        Should.Throw<ArgumentOutOfRangeException>(() => machine.ReadWeights(cache, -1)).ParamName.ShouldBe("step");
        Should.Throw<ArgumentOutOfRangeException>(() => machine.ReadWeights(cache, 0, -1)).ParamName.ShouldBe("head");
        Should.Throw<ArgumentOutOfRangeException>(() => machine.WriteWeights(cache, 0, 1)).ParamName.ShouldBe("head");
        Should.Throw<ArgumentNullException>(() => machine.WriteWeights(null!, 0)).ParamName.ShouldBe("cache");
    }

    private static ConvolutionShape OnePixel => new(SampleShape.Image(2, 1, 1), 3, new Window(1));

    private static TestCaseData Case(string text, Func<object> make) => new(text, make);

    // A layer that says nothing about shapes.
    private sealed class Unsaid : Layer<float>
    {
        public override SampleShape? OutputShape(SampleShape? input) => null;

        protected override Matrix<float> ForwardCore(Matrix<float> input, Cache<float> cache) => input;

        protected override Matrix<float>? BackwardCore(Matrix<float> upstream, Matrix<float> input, Matrix<float> output, bool isInputWanted, Cache<float> cache) => upstream;
    }
}
