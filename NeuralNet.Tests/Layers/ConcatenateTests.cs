using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Core.Gates;
using NeuralNet.Core.Shapes;
using NeuralNet.Layers;
using NeuralNet.Tests.Proofs;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Layers;

internal sealed class ConcatenateTests
{
    [Test]
    public void Forward_Parts_StandSideBySide()
    {
        Matrix<double> x = Some.Matrix<double>(5, 3);
        new Concatenate<double>(new Scale<double>(2), new Flatten<double>(), new SliceGate<double>(.., 1..2)).Forward(x)
            .ShouldBe((2 * x).Append(x).Append(x.SubMatrix(0, 5, 1, 1)));
    }

    // d/dx of [2x, x] with upstream [g, h]: 2g + h.
    [Test]
    public void Backward_Parts_SumWhatTheyGive()
    {
        var layer = new Concatenate<double>(new Scale<double>(2), new Flatten<double>());
        var cache = new Cache<double>();
        layer.Forward(Some.Matrix<double>(5, 3), cache);
        Matrix<double> upstream = Some.Matrix<double>(5, 6, 2);
        (layer.Backward(upstream, cache) - ((2 * upstream.SubMatrix(0, 5, 0, 3)) + upstream.SubMatrix(0, 5, 3, 3))).InfinityNorm().ShouldBeLessThan(1e-15);
    }

    [Test]
    public void Backward_NothingWanted_AsksNoPartForTheInput()
    {
        var counted = new CountedLayer(Some.Matrix<double>(1, 3));
        var layer = new Concatenate<double>(counted, new Tanh<double>());
        var cache = new Cache<double>();
        layer.Forward(Some.Matrix<double>(5, 3), cache);
        layer.Backward(Some.Matrix<double>(5, 6), Wanted.None, cache)[0].ShouldBeNull();
        (counted.Passes, counted.InputGradients).ShouldBe((1, 0));
    }

    [Test]
    public void Children_NamedOrNot_NameTheParameters() =>
        new Concatenate<double>(("words", new Linear<double>(3, 2, new Random(1))), new Linear<double>(3, 2, new Random(1), bias: false))
            .Parameters.Select(named => named.Name).ShouldBe(["words.weight", "words.bias", "1.weight"]);

    [Test]
    public void OutputShape_SamePositions_AddsChannels()
    {
        new Concatenate<double>(new ReLU<double>(), new Tanh<double>()).OutputShape(SampleShape.Image(3, 4, 5)).ShouldBe(SampleShape.Image(6, 4, 5));
        new Concatenate<double>(new Linear<double>(3, 2, new Random(1)), new Linear<double>(3, 5, new Random(1))).OutputShape(3).ShouldBe(SampleShape.Vector(7));
        new Concatenate<double>(new ReLU<double>(), new Linear<double>(3, 5, new Random(1))).InputShape.ShouldBe(SampleShape.Vector(3));
        new Concatenate<double>(new ReLU<double>(), new SliceGate<double>(..1, ..)).OutputShape(3).ShouldBeNull();
    }

    [Test]
    public void Constructor_PartsThatDoNotFit_NamesBoth()
    {
        Should.Throw<ArgumentException>(() => new Concatenate<double>(new Linear<double>(3, 2, new Random(1)), new Linear<double>(4, 2, new Random(1)))).Message
            .ShouldContain("Linear(3 → 2) expects [N×3] and Linear(4 → 2) expects [N×4]");
        Should.Throw<ArgumentException>(() => new Concatenate<double>(new Linear<double>(4, 2, new Random(1)), new Reshape<double>(SampleShape.Sequence(2, 2)))).Message
            .ShouldContain("gives [N×2×2], whose positions are not those of the [N×2] before it");
    }

    [Test]
    public void Constructor_NoLayersOrNullOrNameTwice_IsRefused()
    {
        Should.Throw<ArgumentException>(() => new Concatenate<float>()).Message.ShouldContain("A Concatenate needs at least one layer, and none may be null");
        Should.Throw<ArgumentException>(() => new Concatenate<float>(new ReLU<float>(), null!)).Message.ShouldContain("none may be null");
        Should.Throw<ArgumentNullException>(() => new Concatenate<float>(null!)).ParamName.ShouldBe("layers");
        Should.Throw<ArgumentException>(() => new Concatenate<float>(("a", new ReLU<float>()), ("a", new ReLU<float>()))).Message.ShouldContain("Two layers of a Concatenate are named a");
    }

    [Test]
    public void Forward_PartWithOtherRows_NamesIt() =>
        Should.Throw<ArgumentException>(() => new Concatenate<double>(new ReLU<double>(), new SliceGate<double>(..1, ..)).Forward(Some.Matrix<double>(5, 3))).Message
            .ShouldContain("of input [5×3] slice[0..1, 0..^0] makes [1×3]");

    [Test]
    public void Summary_OfBothContainers_ListsTheirParts()
    {
        string summary = new Sequential<float>(
            ("sides", new Concatenate<float>(("a", new Linear<float>(3, 2, new Random(1))), ("b", new ReLU<float>()))),
            ("around", new Residual<float>(new Linear<float>(5, 5, new Random(1))))).Summary();
        summary.ShouldContain("sides.a ");
        summary.ShouldContain("around.inner ");
        summary.ShouldContain("[N×5]");
        summary.Split(Environment.NewLine)[^1].ShouldEndWith(" 38");
    }

    [Test]
    public void Constructor_ResidualOfAnotherShape_AdvisesAShortcut()
    {
        Should.Throw<ArgumentException>(() => new Residual<double>(new Linear<double>(3, 2, new Random(1)))).Message
            .ShouldContain("Linear(3 → 2) gives [N×2] and the input [N×3]. A shortcut brings the input to that shape.");
        Should.Throw<ArgumentException>(() => new Residual<double>(new Linear<double>(3, 2, new Random(1)), new Linear<double>(4, 2, new Random(1)))).Message
            .ShouldContain("expects [N×3] and Linear(4 → 2) expects [N×4]");
        Should.Throw<ArgumentNullException>(() => new Residual<double>(null!)).ParamName.ShouldBe("inner");
    }

    [Test]
    public void Forward_ResidualWhoseWaysDiffer_NamesTheShapes() =>
        Should.Throw<ArgumentException>(() => new Residual<double>(new SliceGate<double>(..1, ..)).Forward(Some.Matrix<double>(5, 3))).Message
            .ShouldContain("of input [5×3] slice[0..1, 0..^0] makes [1×3] and the way around [5×3]");

    [Test]
    public void OutputShape_SliceOfColumns_IsAVectorOfThem()
    {
        new SliceGate<double>(.., 2..5).OutputShape(null).ShouldBe(SampleShape.Vector(3));
        new SliceGate<double>(.., ^2..).OutputShape(7).ShouldBe(SampleShape.Vector(2));
        new SliceGate<double>(.., ^2..).OutputShape(null).ShouldBeNull();
        Should.Throw<ArgumentException>(() => new SliceGate<double>(.., 2..5).OutputShape(4)).Message.ShouldContain("takes no column of samples of 4");
    }
}
