using NeuralNet.Core;
using NeuralNet.Core.Operations;
using NeuralNet.Core.Randomness;
using NeuralNet.Layers;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Layers;

internal sealed class DropoutTests
{
    [TestCase(1)]
    [TestCase(-0.1)]
    [TestCase(1.5)]
    [TestCase(double.NaN)]
    public void Constructor_ProbabilityOutOfRange_SaysTheRange(double probability)
    {
        ArgumentOutOfRangeException error = Should.Throw<ArgumentOutOfRangeException>(() => new Dropout<float>(probability, new Philox(1)));
        error.ParamName.ShouldBe("probability");
        error.Message.ShouldContain("from 0 to below 1");
    }

    [Test]
    public void Constructor_NoGenerator_IsRefused() => Should.Throw<ArgumentNullException>(() => new Dropout<float>(0.5, null!)).ParamName.ShouldBe("random");

    [Test]
    public void Forward_ProbabilityZero_KeepsAll()
    {
        Matrix<double> x = Some.Matrix<double>(5, 7);
        new Dropout<double>(0, new Philox(1)).Forward(x, new Cache<double>()).ShouldBe(x);
    }

    // Entries are 0 or divided by what is kept; of 100,000 a share of 0.3 has the standard deviation 145.
    [Test]
    public void Forward_Training_DropsTheShareAndScalesTheRest()
    {
        Matrix<double> y = new Dropout<double>(0.3, new Philox(1)).Forward(Matrix<double>.Build.Dense(1000, 100, 7), new Cache<double>());
        ((double)y.Enumerate().Count(value => value == 0)).ShouldBe(30_000, 4.5 * 145);
        y.Enumerate().Where(value => value != 0).ShouldAllBe(value => Math.Abs(value - 10) < 1e-14);
    }

    [Test]
    public void Backward_Training_GoesWhereTheInputWent()
    {
        var drop = new Dropout<double>(0.4, new Philox(1));
        var cache = new Cache<double>();
        Matrix<double> ones = Matrix<double>.Build.Dense(40, 30, 1), y = drop.Forward(ones, cache).Clone();
        drop.Backward(ones, cache).ShouldBe(y);
        drop.Forward(ones, cache).ShouldNotBe(y);
    }

    [Test]
    public void ForwardAndBackward_EvaluationThatKeeps_PassOn()
    {
        var drop = new Dropout<double>(0.4, new Philox(1));
        PhiloxState before = drop.Generators[0].Generator.State;
        var cache = new Cache<double>(training: false, keeps: true);
        Matrix<double> x = Some.Matrix<double>(4, 3), upstream = Some.Matrix<double>(4, 3, 2);
        drop.Forward(x, cache).ShouldBeSameAs(x);
        drop.Backward(upstream, cache).ShouldBeSameAs(upstream);
        drop.Generators[0].Generator.State.ShouldBe(before);
    }

    [Test]
    public void Forward_Training_HasTheSameBitsAtAnyNumberOfThreads()
    {
        int threads = ComputeThreads.Count;
        try
        {
            ComputeThreads.Count = 1;
            Matrix<float> one = Run();
            ComputeThreads.Count = Environment.ProcessorCount;
            Run().ShouldBe(one);
        }
        finally
        {
            ComputeThreads.Count = threads;
        }

        static Matrix<float> Run() => new Dropout<float>(0.5, new Philox(3)).Forward(Some.Matrix<float>(701, 301), new Cache<float>());
    }
}
