using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Core.Gates;
using NeuralNet.Core.Shapes;
using NeuralNet.Layers;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Layers;

internal sealed class SequentialTests
{
    [Test]
    public void Constructor_NeighboursDoNotFit_NamesBothBeforeAnyData() =>
        Should.Throw<ArgumentException>(() => new Sequential<float>(
            new Linear<float>(784, 256, new Random(1)), new ReLU<float>(), new Linear<float>(128, 10, new Random(1))))
            .Message.ShouldBe("Layer 2, Linear(128 → 10), expects input [N×128], but layer 1, ReLU, gives [N×256].");

    [Test]
    public void Constructor_SizesEqualButShapesNot_SpeaksOfShapes()
    {
        SampleShape wide = SampleShape.Image(16, 8, 8), deep = SampleShape.Image(8, 16, 8);
        Should.Throw<ArgumentException>(() => new Sequential<float>(new Reshape<float>(deep), new ReLU<float>(), new Sequential<float>(new Linear<float>(1024, 10, new Random(1)))))
            .Message.ShouldContain("expects input [N×1024], but layer 1, ReLU, gives [N×8×16×8]. A Flatten or Reshape between them");
        Should.Throw<ArgumentException>(() => new Sequential<float>(new Reshape<float>(wide), new Reshape<float>(SampleShape.Sequence(16, 8))))
            .Message.ShouldContain("Reshape(16×8) expects samples of 128 values, got 16×8×8");
        new Sequential<float>(new Reshape<float>(wide), new Flatten<float>(), new Linear<float>(1024, 10, new Random(1)))
            .OutputShape(1024).ShouldBe(SampleShape.Vector(10));
    }

    [Test]
    public void Parameters_OfNamedLayers_KeepTheirNamesWhenALayerIsInserted()
    {
        var hidden = new Linear<float>(3, 4, new Random(1));
        var output = new Linear<float>(4, 2, new Random(2));

        new Sequential<float>(("hidden", hidden), ("output", output)).Parameters.Select(named => named.Name)
            .ShouldBe(["hidden.weight", "hidden.bias", "output.weight", "output.bias"]);
        new Sequential<float>(("hidden", hidden), new ReLU<float>(), ("output", output)).Parameters.Select(named => named.Name)
            .ShouldBe(["hidden.weight", "hidden.bias", "output.weight", "output.bias"]);
    }

    [TestCase("1")]
    [TestCase("a.b")]
    [TestCase(" ")]
    public void Constructor_NameThatIsAPositionOrHasADot_IsRefused(string name) =>
        Should.Throw<ArgumentException>(() => new Sequential<float>((name, new ReLU<float>()))).Message.ShouldContain($"cannot be named '{name}'");

    [Test]
    public void Constructor_NameTwice_IsRefused() =>
        Should.Throw<ArgumentException>(() => new Sequential<float>(("a", new ReLU<float>()), ("a", new ReLU<float>()))).Message.ShouldContain("named a");

    [Test]
    public void Constructor_NoLayersOrNull_IsRefused()
    {
        Should.Throw<ArgumentException>(() => new Sequential<float>());
        Should.Throw<ArgumentException>(() => new Sequential<float>(new ReLU<float>(), null!));
    }

    [Test]
    public void Constructor_NoLayersOrNull_SaysWhatIsNeeded()
    {
        Should.Throw<ArgumentException>(() => new Sequential<float>()).Message.ShouldContain("at least one layer, and none may be null");
        Should.Throw<ArgumentException>(() => new Sequential<float>(new ReLU<float>(), null!)).Message.ShouldContain("at least one layer, and none may be null");
        Should.Throw<ArgumentNullException>(() => new Sequential<float>((IEnumerable<Layer<float>>)null!)).ParamName.ShouldBe("layers");
        Should.Throw<ArgumentNullException>(() => new Sequential<float>((IEnumerable<SequentialPart<float>>)null!)).ParamName.ShouldBe("layers");
    }

    [TestCase("")]
    [TestCase("7")]
    [TestCase(".")]
    public void Constructor_NameRefused_SaysWhichLayerAndTheRule(string name) =>
        Should.Throw<ArgumentException>(() => new Sequential<float>(new ReLU<float>(), (name, new ReLU<float>()))).Message
            .ShouldBe($"Layer 1 of a Sequential cannot be named '{name}': a name has no dot, and is no position but its own.");

    [TestCase("1")]
    [TestCase("1a")]
    [TestCase("a1")]
    public void Constructor_ItsOwnPositionOrLettersAmongDigits_IsAName(string name) =>
        new Sequential<float>(new ReLU<float>(), (name, new ReLU<float>())).Children.Select(child => child.Name).ShouldBe(["0", name]);

    [Test]
    public void Constructor_NameThatIsTheNextOnesPosition_IsRefused() =>
        Should.Throw<ArgumentException>(() => new Sequential<float>(("1", new ReLU<float>()), new ReLU<float>())).Message.ShouldContain("cannot be named '1'");

    [Test]
    public void InputShape_LayersThatKeepAnyShapeFirst_IsThatOfTheFirstThatHasOne()
    {
        new Sequential<float>(new ReLU<float>(), new Sigmoid<float>(), new Linear<float>(3, 2, new Random(1))).InputShape.ShouldBe(SampleShape.Vector(3));
        new Sequential<float>(new Linear<float>(3, 2, new Random(1)), new Linear<float>(2, 5, new Random(1))).InputShape.ShouldBe(SampleShape.Vector(3));
    }

    // Maxout of 2 pieces halves the features, so 3 behind it is 6 before it; a Flatten takes an image as well as a vector of 3.
    [Test]
    public void InputShape_AChangeOfShapeBeforeTheFirstThatHasOne_IsNotKnown()
    {
        new Sequential<float>(new Maxout<float>(), new Linear<float>(3, 2, new Random(1))).InputShape.ShouldBeNull();
        new Sequential<float>(new ReLU<float>(), new Maxout<float>(), new Linear<float>(3, 2, new Random(1))).InputShape.ShouldBeNull();
        new Sequential<float>(new Reshape<float>(SampleShape.Image(1, 2, 2)), new Flatten<float>(), new Linear<float>(4, 2, new Random(1))).InputShape.ShouldBeNull();
        new Sequential<float>(new ReLU<float>()).InputShape.ShouldBeNull();
    }

    [Test]
    public void Forward_MaxoutBeforeAnOddNumberOfInputs_RunsAsTheLayersAlone()
    {
        Linear<float> linear = new(3, 2, new Random(1));
        Matrix<float> input = Some.Matrix<float>(5, 6);

        new Sequential<float>(new Maxout<float>(), linear).Forward(input).ShouldBe(linear.Forward(new Maxout<float>().Forward(input)));
    }

    [Test]
    public void Constructor_SizesDiffer_DoesNotAdviseAReshape() =>
        Should.Throw<ArgumentException>(() => new Sequential<float>(new Linear<float>(4, 4, new Random(1)), new Linear<float>(3, 2, new Random(1)))).Message
            .ShouldBe("Layer 1, Linear(3 → 2), expects input [N×3], but layer 0, Linear(4 → 4), gives [N×4].");

    [Test]
    public void Constructor_LayerCannotTakeWhatTheOneBeforeGives_NamesBothAndTheReason()
    {
        ArgumentException error = Should.Throw<ArgumentException>(
            () => new Sequential<float>(new Linear<float>(4, 4, new Random(1)), new Reshape<float>(SampleShape.Sequence(5, 1))));

        error.Message.ShouldStartWith(
            "Layer 1, Reshape(5×1), cannot take [N×4], which layer 0, Linear(4 → 4), gives: Reshape(5×1) expects samples of 5 values, got 4, which has 4.");
        error.InnerException.ShouldBeOfType<ArgumentException>();
    }

    [Test]
    public void Constructor_LayerRefusesSamplesNotKnown_SaysItsReasonWhereverItStands()
    {
        Should.Throw<ArgumentException>(() => new Sequential<float>(new Choosy())).Message.ShouldBe("Choosy wants to know its samples.");
        Should.Throw<ArgumentException>(() => new Sequential<float>(new ReLU<float>(), new Choosy())).Message
            .ShouldBe("Layer 1, Choosy, cannot take [N×any], which layer 0, ReLU, gives: Choosy wants to know its samples.");
    }

    [Test]
    public void Backward_NothingWantedOfALaterLayer_AddsTheParametersGradientsAndGivesNoneByTheInput()
    {
        var net = new Sequential<double>(new Sigmoid<double>(), new Linear<double>(3, 4, new Random(1)), new ReLU<double>(), new Linear<double>(4, 2, new Random(2)));
        Matrix<double> input = Some.Matrix<double>(5, 3), upstream = Some.Matrix<double>(5, 2, seed: 2);
        var cache = new Cache<double>();
        net.Forward(input, cache);
        net.Backward(upstream, cache);
        Matrix<double>[] expected = [.. net.Parameters.Select(named => named.Parameter.Gradient.Clone())];

        net.ZeroGradients();
        net.Forward(input, cache);
        net.Backward(upstream, Wanted.None, cache)[0].ShouldBeNull();

        net.Parameters.Select(named => named.Parameter.Gradient).ShouldBe(expected);
    }

    [Test]
    public void Forward_WrongWidth_NamesTheNetworkAndWhatItExpects() =>
        Should.Throw<ArgumentException>(() => new Sequential<float>(new ReLU<float>(), new Linear<float>(3, 2, new Random(1))).Forward(Some.Matrix<float>(4, 5)))
            .Message.ShouldStartWith("Sequential(ReLU, Linear(3 → 2)) expects input [N×3], got [4×5].");

    [Test]
    public void Parameters_NestedAndShared_AreNamedByPositionAndListedOnce()
    {
        var shared = new Linear<float>(4, 4, new Random(1));
        var net = new Sequential<float>(shared, new Sequential<float>(new Sigmoid<float>(), new Linear<float>(4, 4, new Random(2))), shared);
        net.Parameters.Select(named => named.Name).ShouldBe(["0.weight", "0.bias", "1.1.weight", "1.1.bias"]);
    }

    [Test]
    public void Summary_NestedNetwork_ListsLayersShapesAndCounts()
    {
        var net = new Sequential<float>(
            new Linear<float>(784, 256, new Random(1)), new Sequential<float>(new ReLU<float>(), new Linear<float>(256, 10, new Random(1), bias: false)));
        net.Summary().Split(Environment.NewLine).ShouldBe(
        [
            "     layer                      output   parameters",
            "0    Linear(784 → 256)          [N×256]     200,960",
            "1.0  ReLU                       [N×256]           0",
            "1.1  Linear(256 → 10, no bias)  [N×10]        2,560",
            "     total                                  203,520",
        ]);
    }

    [Test]
    public void Summary_PartThatIsNoChain_ListsWhatItConsistsOfToo()
    {
        var net = new Sequential<double>(("block", new Residual<double>(new Sequential<double>(new Linear<double>(4, 4, new Random(1)), new ReLU<double>()))));
        net.Summary().Split(Environment.NewLine).Select(line => line.TrimEnd()[..13].TrimEnd()).ShouldBe(["", "block", "block.inner.0", "block.inner.1", ""]);
        net.Summary().ShouldContain("block.inner.0  Linear(4 → 4)");
    }

    // 16 + 4 of the layer inside, which the container counts as no parameters of its own.
    [Test]
    public void Summary_ContainerOfOthers_CountsParametersOnceAndShowsNoOutputsInside()
    {
        var net = new Sequential<double>(("block", new Residual<double>(new Sequential<double>(new Linear<double>(4, 4, new Random(1)), new ReLU<double>()))));

        string[] lines = [.. net.Summary().Split(Environment.NewLine).Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)))];

        lines[1].ShouldEndWith("]");
        lines[2].ShouldBe("block.inner.0 Linear(4 → 4) [N×4] 20");
        lines[3].ShouldBe("block.inner.1 ReLU [N×4] 0");
        lines[4].ShouldBe("total 20");
    }

    [Test]
    public void Summary_LayerInsideAContainer_HasNoOutputSinceOnlyAChainSaysWhatItsPartsAreGiven()
    {
        string line = new Sequential<double>(("block", new Residual<double>(new ReLU<double>()))).Summary().Split(Environment.NewLine)[2];

        line.Split(' ', StringSplitOptions.RemoveEmptyEntries).ShouldBe(["block.inner", "ReLU", "0"]);
    }

    [Test]
    public void Summary_SizesNotKnown_SaysAny() => new Sequential<float>(new ReLU<float>()).Summary().ShouldContain("[N×any]");

    [Test]
    public void Forward_SeveralThreadsOnOneModel_GivesEachItsOwnAnswer()
    {
        var net = new Sequential<float>(
            new Linear<float>(50, 40, new Random(1)), new ReLU<float>(), new Linear<float>(40, 10, new Random(2)));
        Matrix<float>[] inputs = [.. Enumerable.Range(0, 8).Select(seed => Some.Matrix<float>(30, 50, seed))];
        Matrix<float>[] expected = [.. inputs.Select(input => net.Forward(input))];
        bool[] equal = new bool[inputs.Length];
        Thread[] threads = [.. Enumerable.Range(0, inputs.Length).Select(index => new Thread(() =>
        {
            var workspace = new Cache<float>(training: false);
            equal[index] = Enumerable.Range(0, 50).All(_ => net.Forward(inputs[index], workspace).Equals(expected[index]));
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        equal.ShouldAllBe(isEqual => isEqual);
    }

    private sealed class Choosy : Layer<float>
    {
        public override SampleShape? OutputShape(SampleShape? input) => input ?? throw new ArgumentException("Choosy wants to know its samples.");

        protected override Matrix<float> ForwardCore(Matrix<float> input, Cache<float> cache) => input;

        protected override Matrix<float> BackwardCore(
            Matrix<float> upstream, Matrix<float> input, Matrix<float> output, bool isInputWanted, Cache<float> cache) => upstream;
    }
}
