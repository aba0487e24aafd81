using NeuralNet.Core;
using NeuralNet.Core.Initializers;
using NeuralNet.Layers;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Layers;

internal sealed class LinearTests
{
    [Test]
    public void Forward_ByHand_IsXTimesWPlusB()
    {
        // [1 2]·[[3 4 5], [6 7 8]] + [1 0 −1] = [15+1, 18+0, 21−1]
        var linear = new Linear<double>(
            Matrix<double>.Build.DenseOfArray(new double[,] { { 3, 4, 5 }, { 6, 7, 8 } }), Matrix<double>.Build.DenseOfArray(new double[,] { { 1, 0, -1 } }));
        linear.Forward(Matrix<double>.Build.DenseOfArray(new double[,] { { 1, 2 } }))
            .ShouldBe(Matrix<double>.Build.DenseOfArray(new double[,] { { 16, 18, 20 } }));
    }

    [Test]
    public void Backward_ByHand_GivesTheThreeGradients()
    {
        var linear = new Linear<double>(
            Matrix<double>.Build.DenseOfArray(new double[,] { { 3, 4 }, { 5, 6 } }), Matrix<double>.Build.Dense(1, 2));
        var cache = new Cache<double>();
        linear.Forward(Matrix<double>.Build.DenseOfArray(new double[,] { { 1, 2 }, { -1, 0 } }), cache);
        Matrix<double> upstream = Matrix<double>.Build.DenseOfArray(new double[,] { { 1, 10 }, { 2, 20 } });

        // dX = dY·Wᵀ: [1·3+10·4, 1·5+10·6], [2·3+20·4, 2·5+20·6]
        linear.Backward(upstream, cache).ShouldBe(Matrix<double>.Build.DenseOfArray(new double[,] { { 43, 65 }, { 86, 130 } }));

        // dW = Xᵀ·dY: [1·1−1·2, 1·10−1·20], [2·1, 2·10]; db = [1+2, 10+20]
        linear.Weight.Gradient.ShouldBe(Matrix<double>.Build.DenseOfArray(new double[,] { { -1, -10 }, { 2, 20 } }));
        linear.Bias!.Gradient.ShouldBe(Matrix<double>.Build.DenseOfArray(new double[,] { { 3, 30 } }));
    }

    [Test]
    public void Forward_WrongWidth_NamesTheLayerAndBothShapes() =>
        Should.Throw<ArgumentException>(() => new Linear<float>(784, 128, new Random(1)).Forward(Some.Matrix<float>(32, 100)))
            .Message.ShouldStartWith("Linear(784 → 128) expects input [N×784], got [32×100].");

    [TestCase(0, 5, "inputs")]
    [TestCase(-1, 5, "inputs")]
    [TestCase(5, 0, "outputs")]
    [TestCase(5, -3, "outputs")]
    public void Constructor_SizeBelowOne_IsRefused(int inputs, int outputs, string name) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new Linear<float>(inputs, outputs, new Random(1))).ParamName.ShouldBe(name);

    [Test]
    public void Constructor_BiasOfAnotherWidth_NamesBothShapes() =>
        Should.Throw<ArgumentException>(() => new Linear<float>(Some.Matrix<float>(3, 4), Some.Matrix<float>(1, 5)))
            .Message.ShouldContain("Linear(3 → 4, no bias) expects bias [1×4], got [1×5]");

    [Test]
    public void Constructor_BiasOfTwoRows_NamesBothShapes() =>
        Should.Throw<ArgumentException>(() => new Linear<float>(Some.Matrix<float>(3, 4), Some.Matrix<float>(2, 4)))
            .Message.ShouldContain("expects bias [1×4], got [2×4]");

    [TestCase(true)]
    [TestCase(false)]
    public void Description_WithBiasOrWithout_HoldsAllThatTheConstructorTakes(bool bias)
    {
        GateDescription description = new Linear<float>(3, 4, new Random(1), bias: bias).Description;

        description.Kind.ShouldBe("Linear");
        description.Settings.ShouldBe(
            [KeyValuePair.Create<string, object>("inputs", 3), KeyValuePair.Create<string, object>("outputs", 4), KeyValuePair.Create<string, object>("bias", bias)]);
    }

    [Test]
    public void Name_WithBiasOrWithout_SaysSizesAndAMissingBias()
    {
        new Linear<float>(3, 4, new Random(1)).ToString().ShouldBe("Linear(3 → 4)");
        new Linear<float>(3, 4, new Random(1), bias: false).ToString().ShouldBe("Linear(3 → 4, no bias)");
    }

    [Test]
    public void Parameters_WithoutBias_AreTheWeightAlone()
    {
        var linear = new Linear<float>(3, 4, new Random(1), bias: false);

        linear.Bias.ShouldBeNull();
        linear.Parameters.Select(named => named.Name).ShouldBe(["weight"]);
    }

    [Test]
    public void Constructor_NoInitializerGiven_DrawsGlorotUniformNumbers() =>
        new Linear<float>(30, 40, new Random(5)).Weight.Value.ShouldBe(new Linear<float>(30, 40, new Random(5), new GlorotUniform()).Weight.Value);

    [Test]
    public void Constructor_InitializerGiven_DrawsTheWeightsFromIt() =>
        new Linear<float>(2, 3, new Random(5), new Constant(0.25)).Weight.Value.ShouldBe(Matrix<float>.Build.Dense(2, 3, 0.25f));

    [TestCase(true, @"x\,W + b")]
    [TestCase(false, @"x\,W")]
    public void Formula_WithBiasOrWithout_AddsTheBiasThatThereIs(bool bias, string formula) =>
        new Linear<float>(2, 3, new Random(5), bias: bias).Formula().ShouldBe(formula);

    [Test]
    public void Parameters_WithBias_AreNamedAndOnlyTheWeightIsRegularised()
    {
        IReadOnlyList<NamedParameter<float>> parameters = new Linear<float>(3, 4, new Random(1)).Parameters;
        parameters.Select(named => named.Name).ShouldBe(["weight", "bias"]);
        parameters.Select(named => named.Parameter.IsRegularized).ShouldBe([true, false]);
    }

    [Test]
    public void Constructor_SameSeed_GivesTheSameBits() =>
        new Linear<float>(30, 40, new Random(5)).Weight.Value.ShouldBe(new Linear<float>(30, 40, new Random(5)).Weight.Value);
}
