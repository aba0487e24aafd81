using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Core.Gates;
using NeuralNet.Layers;
using NeuralNet.Training.Losses;
using NeuralNet.Training.SanityChecking;

namespace NeuralNet.Tests.Training.SanityChecking;

/// <summary>Each cause that a check names by itself, as the whole finding, and what is close to it and no cause.</summary>
internal sealed class CauseTests
{
    private static readonly InputScale Small = new(-1, 1, 1, IsFinite: true);

    [Test]
    public void Contradictions_EqualInputsWithOtherLabels_AreTheFirstTwo()
    {
        Matrix<double> input = Matrices.FromRows<double>([1, 2], [3, 4], [1, 2], [1, 2]);
        SanityFinding expected = new("equal inputs", 2, "equal targets", false, "samples 0 and 2, counted from 0, have equal inputs and different targets: no network can learn both");
        Contradictions.Of<double, ReadOnlyMemory<int>>(input, new[] { 5, 6, 7, 5 }).ShouldHaveSingleItem().ShouldBe(expected);
        Contradictions.Of(input, Matrices.FromRows<double>([5, 0], [6, 0], [5, 1], [5, 0])).ShouldHaveSingleItem().ShouldBe(expected);
        Contradictions.Of(input, Matrices.FromRows<float>([5, 0], [6, 0], [5, 1], [5, 0])).ShouldHaveSingleItem().ShouldBe(expected);
    }

    [Test]
    public void Contradictions_EqualTargetsOrOtherOnes_AreNone()
    {
        Matrix<double> input = Matrices.FromRows<double>([1, 2], [3, 4], [1, 2]);
        Contradictions.Of<double, ReadOnlyMemory<int>>(input, new[] { 5, 6, 5 }).ShouldBeEmpty();
        Contradictions.Of(input, Matrices.FromRows<double>([5, 0], [6, 0], [5, 0])).ShouldBeEmpty();
        Contradictions.Of(input, Matrices.FromRows<float>([5, 0], [6, 0], [5, 0])).ShouldBeEmpty();
        Contradictions.Of(input, "texts").ShouldBeEmpty();
    }

    [TestCase("", "saturation of Sigmoid")]
    [TestCase("0.1", "saturation of 0.1 Sigmoid")]
    public void Saturation_MoreThanHalf_IsNamedWithItsLayer(string position, string check) =>
        LayerChecks.Saturation([Layer(position, 0.75)], Small).ShouldHaveSingleItem().ShouldBe(new SanityFinding(
            check, 0.75, "at most 50%", false, "75% of the outputs are at their limits, where the slope is below a hundredth: start with smaller weights (Glorot, He)"));

    [TestCase(0.5)]
    [TestCase(null)]
    public void Saturation_HalfOrUnknown_IsNone(double? share) => LayerChecks.Saturation([Layer("0", share)], Small).ShouldBeEmpty();

    [Test]
    public void Symmetry_EqualColumnsWithEqualGradients_IsNamed()
    {
        SanityFinding expected = new(
            "columns of weight", 1, "up to 3 that differ", false,
            "symmetry: all 3 columns are equal and so are their gradients, so the units compute the same and always will. Draw the weights at random");
        LayerChecks.Symmetry([Weight(2, 0)]).ShouldHaveSingleItem().ShouldBe(expected);
        LayerChecks.Symmetry([Weight(1, 0.5)]).ShouldHaveSingleItem().ShouldBe(expected);
    }

    // Slopes begin equal, and may be where nothing has reached them yet.
    [Test]
    public void Symmetry_RowThatNoGradientHasReached_IsNone() => LayerChecks.Symmetry([Weight(1, 0)]).ShouldBeEmpty();

    [Test]
    public void InputScale_OfWhatHasNoWeights_IsZero()
    {
        InputScale.Of(Matrices.FromRows<double>([300, double.NaN]), []).ShouldBe(new InputScale(0, 0, 0, IsFinite: false));
        Matrix<double> data = Matrices.FromRows<double>([30, 40]);
        NetworkPart<double> embedding = new(new Embedding<double>(50, 2, new Random(1)), "0", [data], data), linear = new(new Linear<double>(2, 1, new Random(1)), "1", [data], data);
        InputScale.Of(data, [embedding, linear]).ShouldBe(new InputScale(0, 0, 0, IsFinite: true));
        InputScale.Of(data, [linear]).ShouldBe(new InputScale(30, 40, Math.Sqrt((900 + 1600) / 2.0), IsFinite: true));
    }

    private static IEnumerable<TestCaseData> LastLayers()
    {
        Matrix<double> yes = Matrices.FromRows<double>([1, 0]);
        var binary = new BinaryCrossEntropy<double>();
        yield return Case("softmax before a sigmoid", new Softmax<double>(), binary, yes, 0.5,
            $"a softmax before a sigmoid: {binary} takes logits and applies a sigmoid itself. Leave out Softmax at the end of the network");
        yield return Case("sigmoid twice", new Sigmoid<double>(), binary, yes, 0.5,
            $"the sigmoid is applied twice: {binary} takes logits and applies it itself. Leave out Sigmoid at the end of the network");
        yield return Case("sigmoid", new Sigmoid<double>(), new MeanSquaredError<double>(), Matrices.FromRows<double>([-2, 5]), 0.5, OutOfReach("Sigmoid", "from 0 to 1", 2, "-2 to 5"));
        yield return Case("softmax", new Softmax<double>(), new MeanSquaredError<double>(), Matrices.FromRows<double>([0, 5]), 0.5, OutOfReach("Softmax", "from 0 to 1", 1, "0 to 5"));
        yield return Case("tanh", new Tanh<double>(), new MeanSquaredError<double>(), Matrices.FromRows<double>([-2, 0.5]), 0, OutOfReach("Tanh", "from -1 to 1", 1, "-2 to 0.5"));
        yield return Case("ReLU", new ReLU<double>(), new MeanSquaredError<double>(), Matrices.FromRows<double>([-2, 5]), 0, OutOfReach("ReLU", "from 0 up", 1, "-2 to 5"));
        yield return Case("log-softmax", new LogSoftmax<double>(), new MeanSquaredError<double>(), Matrices.FromRows<double>([-2, 5]), -Math.Log(2),
            OutOfReach("LogSoftmax", "up to 0", 1, "-2 to 5"));
    }

    // The network gives its last layer zeros.
    [TestCaseSource(nameof(LastLayers))]
    public void Output_LastLayerThatTheLossDoesNotTake_IsNamed(Layer<double> last, Loss<double, Matrix<double>> loss, Matrix<double> target, double largest, string advice)
    {
        SanityFinding finding = Output(last, loss, target).ShouldHaveSingleItem();
        finding.Figure.ShouldBe(largest, 1e-12);
        (finding with { Figure = 0 }).ShouldBe(new SanityFinding("last layer", 0, "the values that the loss takes", false, advice));
    }

    [Test]
    public void Output_TargetsWithinReach_IsNone()
    {
        Output(new Tanh<double>(), new MeanSquaredError<double>(), Matrices.FromRows<double>([-1, 1])).ShouldBeEmpty();
        Output(new Sigmoid<double>(), new MeanSquaredError<double>(), Matrices.FromRows<double>([0, 1])).ShouldBeEmpty();
        Output(new ReLU<double>(), new MeanSquaredError<double>(), Matrices.FromRows<double>([0, 1e9])).ShouldBeEmpty();
        Output(new LogSoftmax<double>(), new MeanSquaredError<double>(), Matrices.FromRows<double>([-1e9, 0])).ShouldBeEmpty();
        Output(new SoftmaxFree(), new MeanSquaredError<double>(), Matrices.FromRows<double>([-1e9, 1e9])).ShouldBeEmpty();
    }

    // The largest of what the network gives is the figure, here of the softmax of 0 and ln 3.
    [Test]
    public void Output_SoftmaxTwice_HasTheLargestShareAsItsFigure()
    {
        var network = new Sequential<double>(new Linear<double>(Matrices.FromRows<double>([0, Math.Log(3)])), new Softmax<double>());
        var loss = new SoftmaxCrossEntropy<double>();
        var pass = new TrainingPass<double, ReadOnlyMemory<int>>(network, loss, Matrices.FromRows<double>([1]), new[] { 0 });
        pass.Run();
        SanityFinding finding = OutputChecks.Of(pass, pass.Parts[^1]).ShouldHaveSingleItem();
        finding.Figure.ShouldBe(0.75, 1e-12);
        finding.Advice.ShouldBe($"the softmax is applied twice: {loss} takes logits and applies it itself. Leave out Softmax at the end of the network");
    }

    // What is shared out by a layer of another make is a softmax all the same, and what does not sum to 1 or is negative is none.
    [TestCase(0.25, 0.75, true)]
    [TestCase(0.5, 0.75, false)]
    [TestCase(-0.25, 1.25, false)]
    public void Output_SharesOfAnyMake_AreASoftmax(double first, double second, bool areShares)
    {
        var network = new Linear<double>(Matrices.FromRows<double>([first, second]));
        string[] Advice(Loss<double, ReadOnlyMemory<int>> loss)
        {
            var pass = new TrainingPass<double, ReadOnlyMemory<int>>(network, loss, Matrices.FromRows<double>([1]), new[] { 0 });
            pass.Run();
            return [.. OutputChecks.Of(pass, pass.Parts[^1]).Select(finding => finding.Advice)];
        }

        var logarithms = new NegativeLogLikelihood<double>();
        var logits = new SoftmaxCrossEntropy<double>();
        Advice(logarithms).ShouldBe(areShares
            ? [$"the logarithm is missing: {logarithms} takes logarithms of probabilities. End the network in LogSoftmax, or in nothing and take SoftmaxCrossEntropy"] : []);
        Advice(logits).ShouldBe(areShares ? [$"the softmax is applied twice: {logits} takes logits and applies it itself. Leave out {network} at the end of the network"] : []);
    }

    // Ones are shares that sum to 1, but one class alone has none to share with.
    [Test]
    public void Output_OneClass_IsNoSoftmax()
    {
        var network = new Linear<double>(Matrices.FromRows<double>([1]));
        var pass = new TrainingPass<double, ReadOnlyMemory<int>>(network, new SoftmaxCrossEntropy<double>(), Matrices.FromRows<double>([1], [1]), new[] { 0, 0 });
        pass.Run();
        OutputChecks.Of(pass, pass.Parts[^1]).ShouldBeEmpty();
    }

    private static SanityFinding[] Output(Layer<double> last, Loss<double, Matrix<double>> loss, Matrix<double> target)
    {
        var network = new Sequential<double>(new Linear<double>(Matrix<double>.Build.Dense(1, 2)), last);
        var pass = new TrainingPass<double, Matrix<double>>(network, loss, Matrices.FromRows<double>([1]), target);
        pass.Run();
        return [.. OutputChecks.Of(pass, pass.Parts[^1])];
    }

    private static string OutOfReach(string layer, string numbers, int outside, string targets) =>
        $"{layer} gives numbers {numbers}, and {outside} of 2 targets are outside, which run from {targets}: end the network without it, or scale the targets";

    private static TestCaseData Case(string name, Layer<double> last, Loss<double, Matrix<double>> loss, Matrix<double> target, double largest, string advice) =>
        new TestCaseData(last, loss, target, largest, advice).SetArgDisplayNames(name);

    private static LayerStatistics Layer(string position, double? saturated) => new(position, "Sigmoid", 0, 1, null, saturated, "");

    // Three columns of ones.
    private static NamedParameter<double> Weight(int rows, double gradient)
    {
        var weight = new Parameter<double>(Matrix<double>.Build.Dense(rows, 3, 1));
        weight.SetGradient(Matrix<double>.Build.Dense(rows, 3, gradient));
        return new NamedParameter<double>("weight", weight);
    }

    /// <summary>A layer that may give any number.</summary>
    private sealed class SoftmaxFree : Layer<double>
    {
        protected override Matrix<double> ForwardCore(Matrix<double> input, Cache<double> cache) => input;

        protected override Matrix<double>? BackwardCore(Matrix<double> upstream, Matrix<double> input, Matrix<double> output, bool isInputWanted, Cache<double> cache) => upstream;
    }
}
