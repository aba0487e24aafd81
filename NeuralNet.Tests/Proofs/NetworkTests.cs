using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Core.GradientChecking;
using NeuralNet.Layers;
using NeuralNet.Tests.Support;
using NeuralNet.Training.Losses;

namespace NeuralNet.Tests.Proofs;

/// <summary>A sequential network as a gate: stable names, shared layers, and no work that nobody asked for.</summary>
internal sealed class NetworkTests
{
    [Test]
    public void Parameters_ActivationInserted_KeepTheirNames()
    {
        Linear<double> first = new(2, 3, new Random(1)), second = new(3, 2, new Random(2));
        var without = new Sequential<double>(("hidden", first), ("output", second));
        var with = new Sequential<double>(("hidden", first), ("activation", new Tanh<double>()), ("output", second));
        with.Parameters.ShouldBe(without.Parameters);
        with.Parameters.Select(named => named.Name).ShouldBe(["hidden.weight", "hidden.bias", "output.weight", "output.bias"]);
    }

    [TestCase(1)]
    [TestCase(5)]
    public void Backward_SameLayerTwice_IsListedOnceAndGood(int samples)
    {
        var shared = new Linear<double>(3, 3, new Random(1));
        GradientCheck.Gate(new Sequential<double>(("a", shared), ("t", new Tanh<double>()), ("b", shared)), Some.Matrix<double>(samples, 3))
            .ShouldBeGood("input", "a.weight", "a.bias");
    }

    // The chain rule: the gradient of both places is the sum of those of two layers with the same values.
    [Test]
    public void Backward_SameLayerTwice_SumsTheGradientsOfBothPlaces()
    {
        Linear<double> Layer() => new(3, 3, new Random(1));
        Linear<double> shared = Layer(), first = Layer(), second = Layer();
        Run(shared, shared);
        Run(first, second);
        (shared.Weight.Gradient - (first.Weight.Gradient + second.Weight.Gradient)).L2Norm().ShouldBeLessThan(1e-14);
        first.Weight.Gradient.L2Norm().ShouldBeGreaterThan(0.01);
        second.Weight.Gradient.L2Norm().ShouldBeGreaterThan(0.01);

        static void Run(Linear<double> a, Linear<double> b)
        {
            var network = new Sequential<double>(a, new Tanh<double>(), b);
            var cache = new Cache<double>();
            network.Forward(Some.Matrix<double>(5, 3), cache);
            network.Backward(Some.Matrix<double>(5, 3, 2), cache);
        }
    }

    [TestCase(true)]
    [TestCase(false)]
    public void LossBackward_ThroughTheNetwork_NeverAsksForTheInputAndAgreesInBits(bool isBehindAnActivation)
    {
        var counted = new CountedLayer(Some.Matrix<double>(1, 3));
        Sequential<double> network = isBehindAnActivation
            ? new(new Tanh<double>(), counted, new Tanh<double>(), new Linear<double>(3, 2, new Random(1)))
            : new(counted, new Tanh<double>(), new Linear<double>(3, 2, new Random(1)));
        var loss = new MeanSquaredError<double>();
        Cache<double> cache = new(), lossCache = new();
        loss.Forward(network.Forward(Some.Matrix<double>(5, 3), cache), Some.Matrix<double>(5, 2, 2), lossCache);

        network.Backward(loss.Backward(lossCache), cache);
        (counted.Passes, counted.InputGradients).ShouldBe((1, 1));
        double[][] chain = Gradients();
        network.ZeroGradients();
        cache.Rewind();
        loss.Backward(lossCache, network, cache);
        (counted.Passes, counted.InputGradients).ShouldBe((2, 1));
        Gradients().ShouldBe(chain);
        chain.ShouldAllBe(gradient => gradient.All(entry => entry != 0));

        double[][] Gradients() => [.. network.Parameters.Select(named => named.Parameter.Gradient.AsSpan().ToArray())];
    }
}
