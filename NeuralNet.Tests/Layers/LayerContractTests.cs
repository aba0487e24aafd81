using NeuralNet.Core;
using NeuralNet.Core.GradientChecking;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Layers;

/// <summary>What every layer must do, checked for all that stand in the <see cref="LayerCatalogue"/>.</summary>
[TestFixtureSource(nameof(Names))]
internal sealed class LayerContractTests(string name)
{
    private const int Inputs = LayerCatalogue.Inputs;

    private static IEnumerable<string> Names() => LayerCatalogue.All<double>().Select(entry => entry.Name);

    [TestCase(1)]
    [TestCase(5)]
    [TestCase(33)]
    public void Backward_RandomUpstream_AgreesWithTheNumericalGradient(int samples)
    {
        Layer<double> layer = Make<double>();
        GradientCheckReport report = GradientCheck.Gate(layer, Some.Matrix<double>(samples, Inputs, seed: samples));
        report.WorstError.ShouldBeLessThanOrEqualTo(1e-7, report.ToString());
        report.Rows.Count.ShouldBe(1 + layer.Parameters.Count);
    }

    [Test]
    public void ForwardAndBackward_Float_AgreesWithDouble()
    {
        (Matrix<float> output, Matrix<float> downstream, Layer<float> layer) = Pass(Make<float>(), Some.Matrix<float>(9, Inputs));
        (Matrix<double> expectedOutput, Matrix<double> expectedDownstream, Layer<double> expected) = Pass(Make<double>(), Some.Matrix<double>(9, Inputs));
        ShouldAgree(output, expectedOutput);
        ShouldAgree(downstream, expectedDownstream);
        for (int i = 0; i < layer.Parameters.Count; i++)
        {
            ShouldAgree(layer.Parameters[i].Parameter.Gradient, expected.Parameters[i].Parameter.Gradient);
        }
    }

    [Test]
    public void Backward_CalledTwice_DoublesTheGradientsAndRepeatsTheDownstream()
    {
        Layer<double> layer = Make<double>();
        var cache = new Cache<double>();
        Matrix<double> output = layer.Forward(Some.Matrix<double>(9, Inputs), cache);
        Matrix<double> upstream = Some.Matrix<double>(9, output.ColumnCount, seed: 3);
        Matrix<double> first = layer.Backward(upstream, cache).Clone();
        Matrix<double>[] once = [.. layer.Parameters.Select(named => named.Parameter.Gradient.Clone())];
        layer.Backward(upstream, cache).ShouldBe(first);
        for (int i = 0; i < once.Length; i++)
        {
            (layer.Parameters[i].Parameter.Gradient - (2 * once[i])).InfinityNorm().ShouldBeLessThan(1e-13);
        }
    }

    [Test]
    public void Backward_InputNotWanted_GivesTheSameGradientsAndNoOther()
    {
        Layer<double> layer = Make<double>(), reference = Make<double>();
        Cache<double> cache = new(), referenceCache = new();
        Matrix<double> output = layer.Forward(Some.Matrix<double>(9, Inputs), cache);
        reference.Forward(Some.Matrix<double>(9, Inputs), referenceCache);
        Matrix<double> upstream = Some.Matrix<double>(9, output.ColumnCount, seed: 3);
        layer.Backward(upstream, Wanted.None, cache)[0].ShouldBeNull();
        reference.Backward(upstream, referenceCache);
        for (int i = 0; i < layer.Parameters.Count; i++)
        {
            layer.Parameters[i].Parameter.Gradient.ShouldBe(reference.Parameters[i].Parameter.Gradient);
        }
    }

    [Test]
    public void ForwardAndBackward_ShapeChangesBetweenCalls_GivesWhatAFreshCacheGives()
    {
        Layer<double> layer = Make<double>();
        var cache = new Cache<double>();
        foreach (int samples in (ReadOnlySpan<int>)[8, 3, 8, 1, 8])
        {
            Matrix<double> input = Some.Matrix<double>(samples, Inputs, seed: samples);
            var fresh = new Cache<double>();
            Matrix<double> output = layer.Forward(input, cache);
            output.ShouldBe(layer.Forward(input, fresh));
            Matrix<double> upstream = Some.Matrix<double>(samples, output.ColumnCount, seed: 3);
            layer.Backward(upstream, cache).ShouldBe(layer.Backward(upstream, fresh));
        }
    }

    [Test]
    public void Forward_Inference_GivesTheSameOutputInAMatrixOfItsOwn()
    {
        Layer<double> layer = Make<double>();
        Matrix<double> input = Some.Matrix<double>(4, Inputs);
        Matrix<double> answer = layer.Forward(input), second = layer.Forward(input);
        answer.ShouldBe(layer.Forward(input, new Cache<double>()));
        answer.ShouldNotBeSameAs(second);
    }

    [Test]
    public void Pass_SteadyState_AllocatesNothingAlsoWhenBatchSizesAlternate()
    {
        Layer<float> layer = Make<float>();
        Cache<float> cache = new(), workspace = new(training: false);
        Matrix<float>[] inputs = [Some.Matrix<float>(32, Inputs), Some.Matrix<float>(5, Inputs)];
        Matrix<float>[] upstreams = [.. inputs.Select(input => Some.Matrix<float>(input.RowCount, layer.Forward(input).ColumnCount))];
        Allocation.OfThread(() =>
        {
            for (int i = 0; i < inputs.Length; i++)
            {
                layer.Forward(inputs[i], workspace);
                layer.Forward(inputs[i], cache);
                layer.ZeroGradients();
                layer.Backward(upstreams[i], cache);
                layer.Backward(upstreams[i], Wanted.None, cache);
            }
        }).ShouldBe(0);
    }

    [Test]
    public void Backward_BeforeForward_SaysSo() =>
        Should.Throw<InvalidOperationException>(() => Make<double>().Backward(Some.Matrix<double>(1, 1), new Cache<double>()))
            .Message.ShouldContain("came before Forward");

    [Test]
    public void Backward_CacheOfAnotherLayer_SaysSo()
    {
        var cache = new Cache<double>();
        Matrix<double> output = Make<double>().Forward(Some.Matrix<double>(2, Inputs), cache);
        Should.Throw<InvalidOperationException>(() => Make<double>().Backward(output, cache)).Message.ShouldContain("was given the cache of");
    }

    [Test]
    public void Backward_UpstreamOfAnotherShape_NamesBothShapes()
    {
        Layer<double> layer = Make<double>();
        var cache = new Cache<double>();
        Matrix<double> output = layer.Forward(Some.Matrix<double>(2, Inputs), cache);
        string message = Should.Throw<ArgumentException>(() => layer.Backward(Some.Matrix<double>(3, output.ColumnCount), cache)).Message;
        message.ShouldContain($"{layer} expects upstream of the output's shape {output.Shape()}, got [3×{output.ColumnCount}]");
    }

    [Test]
    public void Backward_ForwardFailedBefore_RefusesWhatIsLeft()
    {
        Layer<double> layer = Make<double>();
        var cache = new Cache<double>();
        Matrix<double> output = layer.Forward(Some.Matrix<double>(2, Inputs), cache);
        Should.Throw<ArgumentException>(() => layer.Forward(Matrix<double>.Build.Sparse(2, Inputs), cache)).Message.ShouldContain("dense");
        Should.Throw<InvalidOperationException>(() => layer.Backward(output, cache));
    }

    [Test]
    public void Forward_NoSamples_GivesNoOutputs() =>
        Make<double>().Forward(Matrix<double>.Build.Dense(0, Inputs)).RowCount.ShouldBe(0);

    private static (Matrix<T> Output, Matrix<T> Downstream, Layer<T> Layer) Pass<T>(Layer<T> layer, Matrix<T> input)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        var cache = new Cache<T>();
        Matrix<T> output = layer.Forward(input, cache);
        return (output, layer.Backward(Some.Matrix<T>(output.RowCount, output.ColumnCount, seed: 3), cache), layer);
    }

    private static void ShouldAgree(Matrix<float> actual, Matrix<double> expected) =>
        (actual.ToDouble() - expected).InfinityNorm().ShouldBeLessThan(1e-5 * (1 + expected.InfinityNorm()));

    private Layer<T> Make<T>() where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> =>
        LayerCatalogue.All<T>().Single(entry => entry.Name == name).Layer;
}
