using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Core.GradientChecking;
using NeuralNet.Layers;
using NeuralNet.Tests.Proofs;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Layers;

/// <summary>A layer with a way around it, nested in others.</summary>
internal sealed class ResidualTests
{
    private static readonly string[] Names =
    [
        "0.weight", "0.bias", "first.inner.0.weight", "first.inner.0.bias", "first.inner.2.weight", "first.inner.2.bias", "2.inner.weight", "2.inner.bias",
    ];

    [TestCase(1)]
    [TestCase(5)]
    public void Backward_NestedInASequential_IsGood(int samples) =>
        GradientCheck.Gate(Network(), Some.Matrix<double>(samples, 2)).ShouldBeGood([.. Names, "input"]);

    [Test]
    public void Parameters_NestedInASequential_AreNamedThroughIt() => Network().Parameters.Select(named => named.Name).ShouldBe(Names);

    // With W the weight of f(x) = x·W: dX = dY + dY·Wᵀ.
    [Test]
    public void Backward_LinearInside_SumsBothPaths()
    {
        Matrix<double> weight = Some.Matrix<double>(3, 3, 4), upstream = Some.Matrix<double>(5, 3, 5);
        var block = new Residual<double>(new Linear<double>(weight));
        var cache = new Cache<double>();
        block.Forward(Some.Matrix<double>(5, 3), cache);
        (block.Backward(upstream, cache) - (upstream + (upstream * weight.Transpose()))).L2Norm().ShouldBeLessThan(1e-14);
    }

    [Test]
    public void Backward_NothingWanted_AddsAllParameterGradients()
    {
        Sequential<double> network = Network();
        Matrix<double> upstream = Some.Matrix<double>(5, 3, 9);
        var cache = new Cache<double>();
        network.Forward(Some.Matrix<double>(5, 2), cache);
        network.Backward(upstream, cache);
        double[][] expected = [.. network.Parameters.Select(named => named.Parameter.Gradient.AsSpan().ToArray())];
        expected.ShouldAllBe(gradient => gradient.All(entry => entry != 0));
        network.ZeroGradients();
        cache.Rewind();
        network.Backward(upstream, Wanted.None, cache)[0].ShouldBeNull();
        network.Parameters.Select(named => named.Parameter.Gradient.AsSpan().ToArray()).ShouldBe(expected);
    }

    [Test]
    public void Backward_BlockFirstAndNothingWanted_NeverAsksWhatIsInsideForTheInput()
    {
        var counted = new CountedLayer(Some.Matrix<double>(1, 3));
        var network = new Sequential<double>(new Residual<double>(counted), new Tanh<double>());
        var cache = new Cache<double>();
        network.Forward(Some.Matrix<double>(5, 3), cache);
        network.Backward(Some.Matrix<double>(5, 3, 2), Wanted.None, cache);
        (counted.Passes, counted.InputGradients).ShouldBe((1, 0));
    }

    private static Sequential<double> Network()
    {
        var random = new Random(3);
        var body = new Sequential<double>(new Linear<double>(3, 5, random), new Tanh<double>(), new Linear<double>(5, 3, random));
        return new Sequential<double>(
            new Linear<double>(2, 3, random), ("first", new Residual<double>(body)), new Residual<double>(new Linear<double>(3, 3, random)));
    }
}
