using NeuralNet.Core;
using NeuralNet.Core.Initializers;
using NeuralNet.Core.Operations;
using NeuralNet.Core.Shapes;
using NeuralNet.Layers.Recurrent;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Layers.Recurrent;

/// <summary>What all recurrent layers have in common: names, shapes, weights, bits and memory.</summary>
internal sealed class RecurrentLayerTests
{
    private static IEnumerable<RecurrentLayer<float>> Layers()
    {
        var random = new Random(2);
        yield return new RNN<float>(5, 33, random, layers: 2, bidirectional: true);
        yield return new GRU<float>(5, 33, random, layers: 2, bidirectional: true);
        yield return new LSTM<float>(5, 33, random, layers: 2, bidirectional: true);
    }

    [Test]
    public void Parameters_TwoLayersInBothDirections_AreNamedAndShapedAsInPyTorch()
    {
        var layer = new LSTM<float>(3, 4, new Random(1), layers: 2, bidirectional: true);

        layer.Parameters.Select(named => named.Name).ShouldBe(
        [
            .. new[] { "l0", "l0_reverse", "l1", "l1_reverse" }.SelectMany(suffix => new[] { $"weight_ih_{suffix}", $"weight_hh_{suffix}", $"bias_ih_{suffix}", $"bias_hh_{suffix}" }),
        ]);
        layer.Parameters[0].Dimensions.ShouldBe([16, 3]);
        layer.Parameters[1].Dimensions.ShouldBe([16, 4]);
        layer.Parameters[8].Dimensions.ShouldBe([16, 8]);
        layer.Parameters.Where(named => named.Parameter.IsRegularized).ShouldAllBe(named => named.Name.StartsWith("weight", StringComparison.Ordinal));
        layer.StateSize.ShouldBe(2 * 4 * 4);
        (layer.Inputs, layer.Hidden, layer.Outputs, layer.LayerCount, layer.IsBidirectional, layer.IsLastStep).ShouldBe((3, 4, 8, 2, true, false));
        layer.ToString().ShouldBe("LSTM(3 → 8, 2 layers, both directions)");
        new GRU<float>(3, 4, new Random(1), lastStep: true, bias: false).ToString().ShouldBe("GRU(3 → 4, last step, no bias)");
    }

    [Test]
    public void Weights_ByDefault_AreUniformWithinOneOverTheRootOfH()
    {
        var layer = new GRU<double>(50, 100, new Random(1));

        foreach (NamedParameter<double> named in layer.Parameters.Take(2))
        {
            named.Parameter.Value.Enumerate().Max(Math.Abs).ShouldBeInRange(0.0999, 0.1);
            named.Parameter.Value.Enumerate().Average(value => value * value).ShouldBe(0.01 / 3, 1e-4);
        }

        layer.Parameters.Skip(2).ShouldAllBe(named => named.Parameter.Value.Enumerate().All(value => value == 0));
    }

    [Test]
    public void Weights_Initializers_DrawEachGateAlone()
    {
        var layer = new LSTM<double>(2, 5, new Random(1), initializer: new Constant(0.25), recurrentInitializer: new Orthogonal());

        layer.Parameters[0].Parameter.Value.Enumerate().ShouldAllBe(value => value == 0.25);
        for (int gate = 0; gate < 4; gate++)
        {
            Matrix<double> weight = layer.Parameters[1].Parameter.Value.SubMatrix(0, 5, 5 * gate, 5);
            (weight.TransposeThisAndMultiply(weight) - Matrix<double>.Build.DenseIdentity(5)).InfinityNorm().ShouldBeLessThan(1e-13);
        }
    }

    [Test]
    public void OutputShape_AnySequence_KeepsItsSteps()
    {
        var all = new RNN<float>(3, 4, new Random(1), bidirectional: true);
        var last = new RNN<float>(3, 4, new Random(1), bidirectional: true, lastStep: true);

        all.OutputShape(SampleShape.Sequence(3, 7)).ShouldBe(SampleShape.Sequence(8, 7));
        all.OutputShape(3).ShouldBe(SampleShape.Vector(8));
        all.OutputShape(null).ShouldBeNull();
        last.OutputShape(SampleShape.Sequence(3, 7)).ShouldBe(SampleShape.Vector(8));
        last.OutputShape(null).ShouldBe(SampleShape.Vector(8));
        Should.Throw<ArgumentException>(() => all.OutputShape(SampleShape.Sequence(4, 7))).Message.ShouldContain("samples of 3 channels, got 4×7");
        Should.Throw<ArgumentException>(() => all.OutputShape(SampleShape.Image(3, 2, 2))).Message.ShouldContain("expects sequences, 3×T, got 3×2×2");
        Should.Throw<ArgumentException>(() => all.Forward(Some.Matrix<float>(2, 7))).Message.ShouldContain("[N×(3·P)]");
        Should.Throw<ArgumentException>(() => all.Forward(Some.Matrix<float>(2, 0))).Message.ShouldContain("[N×(3·P)]");
    }

    [TestCase(0, 1, 1, "inputs")]
    [TestCase(1, 0, 1, "hidden")]
    [TestCase(1, 1, 0, "layers")]
    public void Constructor_NumberBelowOne_IsRefused(int inputs, int hidden, int layers, string name) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new LSTM<float>(inputs, hidden, new Random(1), layers)).ParamName.ShouldBe(name);

    [TestCaseSource(nameof(Layers))]
    public void ForwardAndBackward_AnyNumberOfThreads_GiveTheSameBits(RecurrentLayer<float> layer)
    {
        int threads = ComputeThreads.Count;
        try
        {
            ComputeThreads.Count = 1;
            float[] one = Run();
            ComputeThreads.Count = Environment.ProcessorCount;
            Run().ShouldBe(one);
        }
        finally
        {
            ComputeThreads.Count = threads;
        }

        float[] Run()
        {
            layer.ZeroGradients();
            var cache = new Cache<float>();
            Matrix<float> y = layer.Forward(Some.Matrix<float>(131, 5 * 7), cache);
            Matrix<float> downstream = layer.Backward(Some.Matrix<float>(131, 66 * 7, 2), cache);
            return [.. y.AsSpan(), .. downstream.AsSpan(), .. layer.Parameters.SelectMany(named => named.Parameter.Gradient.AsSpan().ToArray())];
        }
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(2)]
    public void ForwardAndBackward_WarmWithLengthsAndACarriedState_AllocateNothing(int kind)
    {
        // Small, since a run that lasts long sees what the test host allocates now and then; of three groups of samples, so that threads share it.
        var random = new Random(2);
        RecurrentLayer<float> layer = kind switch
        {
            0 => new RNN<float>(3, 5, random, layers: 2, bidirectional: true),
            1 => new GRU<float>(3, 5, random, layers: 2, bidirectional: true),
            _ => new LSTM<float>(3, 5, random, layers: 2, bidirectional: true),
        };
        var gate = new RecurrentGate<float>(layer, lengths: true, initialState: true);
        Cache<float> cache = new(), plain = new();
        Matrix<float>[] inputs = [Some.Matrix<float>(40, 3 * 4), Matrix<float>.Build.Dense(40, 1, 3), Some.Matrix<float>(40, layer.StateSize)];
        Matrix<float> upstream = Some.Matrix<float>(40, 10 * 4, 2);
        var single = new LSTM<float>(5, 9, new Random(1));
        Cache<float> step = new(training: false);
        RecurrentState.Start(single, step);
        Matrix<float> one = Some.Matrix<float>(1, 5);

        Allocation.OfProcess(() =>
        {
            gate.Forward(inputs, cache);
            gate.Backward(upstream, Wanted.All, cache);
            layer.Forward(inputs[0], plain);
            layer.Backward(upstream, Wanted.None, plain);
            single.Forward(one, step);
        }).ShouldBe(0);
    }
}
