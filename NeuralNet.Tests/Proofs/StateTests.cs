using NeuralNet.Core;
using NeuralNet.Core.Operations;
using NeuralNet.Core.Randomness;
using NeuralNet.Layers;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Proofs;

/// <summary>Randomness and states of a network: names, saving and restoring, threads.</summary>
internal sealed class StateTests
{
    [Test]
    public void Structure_ThroughASequential_IsNamed()
    {
        Sequential<double> network = ModeTests.TrainedNetwork();
        network.Parameters.Select(named => named.Name).ShouldBe(
            ["0.weight", "0.bias", "norm.weight", "norm.bias", "4.weight", "4.bias", "5.weight", "5.bias"]);
        network.States.Select(named => named.Name).ShouldBe(["norm.running_mean", "norm.running_var", "5.running_mean", "5.running_var"]);
        network.Generators.Select(named => named.Name).ShouldBe(["drop.random", "6.random"]);
    }

    // Matrices of the same numbers are equal to MathNet; they are two states all the same, which a file must have both of.
    [Test]
    public void States_OfEqualNumbers_AreListedEach()
    {
        var network = new Sequential<double>(new BatchNorm<double>(3), new BatchNorm<double>(3));
        network.States.Select(named => named.Name).ShouldBe(["0.running_mean", "0.running_var", "1.running_mean", "1.running_var"]);
    }

    [Test]
    public void States_OfALayerThatStandsTwice_AreListedOnce()
    {
        var norm = new BatchNorm<double>(3);
        var drop = new Dropout<double>(0.5, new Philox(1));
        var network = new Sequential<double>(norm, drop, norm, drop);
        network.States.Select(named => named.Name).ShouldBe(["0.running_mean", "0.running_var"]);
        network.Generators.Select(named => named.Name).ShouldBe(["1.random"]);
    }

    [Test]
    public void Forward_SameSeed_IsTheSameAtAnyNumberOfThreads()
    {
        int threads = ComputeThreads.Count;
        try
        {
            ComputeThreads.Count = 1;
            double[] one = Run();
            ComputeThreads.Count = Math.Min(2, Environment.ProcessorCount);
            Run().ShouldBe(one);
            one.Count(entry => entry == 0).ShouldBeInRange(2 * one.Length / 10, 4 * one.Length / 10);
        }
        finally
        {
            ComputeThreads.Count = threads;
        }

        static double[] Run()
        {
            var network = new Sequential<double>(new Linear<double>(37, 501, new Random(1)), new Dropout<double>(0.3, new Philox(3)));
            return network.Forward(Some.Matrix<double>(701, 37), new Cache<double>()).AsSpan().ToArray();
        }
    }

    [Test]
    public void Generators_StateAsTextRestored_GivesTheSameMasks()
    {
        Sequential<double> network = ModeTests.TrainedNetwork();
        string[] saved = [.. network.Generators.Select(named => named.Generator.State.ToString())];
        double[] first = Run(), second = Run();
        second.ShouldNotBe(first);
        for (int i = 0; i < saved.Length; i++)
        {
            network.Generators[i].Generator.State = PhiloxState.Parse(saved[i]);
        }

        Run().ShouldBe(first);
        Run().ShouldBe(second);

        double[] Run() => network.Forward(Some.Matrix<double>(5, 2), new Cache<double>()).AsSpan().ToArray();
    }

    [Test]
    public void StateSnapshot_Restored_RepeatsATrainingPass()
    {
        Sequential<double> network = ModeTests.TrainedNetwork();
        var snapshot = new StateSnapshot<double>(network);
        string before = ModeTests.StateOf(network);
        network.Forward(Some.Matrix<double>(5, 2), new Cache<double>());
        string after = ModeTests.StateOf(network);
        snapshot.Restore();
        ModeTests.StateOf(network).ShouldBe(before);
        network.Forward(Some.Matrix<double>(5, 2), new Cache<double>());
        ModeTests.StateOf(network).ShouldBe(after);
        after.ShouldNotBe(before);
    }

    [Test]
    public void Forward_TwoThreadsInInference_GiveWhatOneGives()
    {
        Sequential<double> network = ModeTests.TrainedNetwork();
        Matrix<double>[] inputs = [.. Enumerable.Range(0, 50).Select(i => Some.Matrix<double>(1 + (i % 7), 2, i))];
        double[][] expected = [.. inputs.Select(input => network.Forward(input).AsSpan().ToArray())];
        var actual = new double[2][][];
        Thread[] threads = [.. Enumerable.Range(0, 2).Select(number => new Thread(() =>
        {
            var cache = new Cache<double>(training: false);
            actual[number] = [.. inputs.Select(input => network.Forward(input, cache).AsSpan().ToArray())];
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        actual[0].ShouldBe(expected);
        actual[1].ShouldBe(expected);
    }
}
