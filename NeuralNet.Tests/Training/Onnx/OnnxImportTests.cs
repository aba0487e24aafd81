using System.Runtime.InteropServices;
using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Core.GradientChecking;
using NeuralNet.Core.Graphs;
using NeuralNet.Core.Randomness;
using NeuralNet.Layers;
using NeuralNet.Tests.Support;
using NeuralNet.Training.Onnx;

namespace NeuralNet.Tests.Training.Onnx;

/// <summary>What models become: layers and their names, weights in every encoding, graphs that can be trained.</summary>
internal sealed class OnnxImportTests
{
    private static readonly float[] Weights = [1, 2, 3, 4];
    private static readonly Matrix<float> Ones = Matrix<float>.Build.Dense(1, 4, 1f);

    // Halves are 1, 1.5·2¹… of 10 bits, bfloat16 the upper halves of floats: 1 is 0x3C00 and 0x3F80.
    private static IEnumerable<TestCaseData> Encodings()
    {
        byte[] raw = MemoryMarshal.AsBytes<float>(Weights).ToArray();
        yield return Case("raw floats", OnnxType.Single, message => message.With(9, (ReadOnlyMemory<byte>)raw));
        yield return Case("packed floats", OnnxType.Single, message => message.With(4, (ReadOnlyMemory<byte>)raw));
        yield return Case("floats one by one", OnnxType.Single, message => Array.ForEach(Weights, weight => message.With(4, weight)));
        yield return Case("raw doubles", OnnxType.Double, message => message.With(9, (ReadOnlyMemory<byte>)Doubles()));
        yield return Case("packed doubles", OnnxType.Double, message => message.With(10, (ReadOnlyMemory<byte>)Doubles()));
        yield return Case("halves", OnnxType.Half, message => Array.ForEach([0x3C00L, 0x4000, 0x4200, 0x4400], weight => message.With(5, weight)));
        yield return Case("packed bfloat16", OnnxType.BFloat16, message => message.With(5, (ReadOnlyMemory<byte>)new byte[] { 0x80, 0x7F, 0x80, 0x80, 0x01, 0xC0, 0x80, 0x01, 0x80, 0x81, 0x01 }));

        static byte[] Doubles() => MemoryMarshal.AsBytes<double>(Weights.Select(weight => (double)weight).ToArray()).ToArray();
        static TestCaseData Case(string name, OnnxType type, Action<ProtobufMessage> write) => new TestCaseData(type, write).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Encodings))]
    public void Load_WeightsInAnyEncoding_AreTheirNumbers(OnnxType type, Action<ProtobufMessage> write)
    {
        ProtobufMessage tensor = new ProtobufMessage().With(1, 4L).With(1, 1L).With(2, (long)type).With(8, "fc.weight");
        write(tensor);
        var linear = (Linear<float>)((Sequential<float>)OnnxFile.Load<float>(ModelOf(tensor), "m")).Layers.Single();
        linear.Weight.Value.AsSpan().ToArray().ShouldBe(Weights);
    }

    [Test]
    public void Load_APerceptron_IsASequentialUnderItsNames()
    {
        var net = new Sequential<float>(("hidden", new Linear<float>(4, 3, new Random(1))), new ReLU<float>(), new Dropout<float>(0.2, new Philox(1L)), ("scores", new Linear<float>(3, 2, new Random(2))));
        Layer<float> read = OnnxFile.Load<float>(OnnxBytes.Of(net), "m");
        read.ToString().ShouldBe("Sequential(Linear(4 → 3), ReLU, Dropout(0.2), Linear(3 → 2))");
        read.Parameters.Select(named => named.Name).ShouldBe(["hidden.weight", "hidden.bias", "scores.weight", "scores.bias"]);
        read.Generators.Count.ShouldBe(1);
    }

    [Test]
    public void Load_NestedNetworks_AreNestedAgain()
    {
        var net = new Sequential<float>(
            ("encoder", new Sequential<float>(new Linear<float>(4, 3, new Random(1)), ("squash", new Tanh<float>()))), ("decoder", new Linear<float>(3, 4, new Random(2))));
        Layer<float> read = OnnxFile.Load<float>(OnnxBytes.Of(net), "m");
        read.ToString().ShouldBe(net.ToString());
        read.Parameters.Select(named => named.Name).ShouldBe(["encoder.0.weight", "encoder.0.bias", "decoder.weight", "decoder.bias"]);
        read.Children.Select(child => child.Name).ShouldBe(["encoder", "decoder"]);
    }

    [Test]
    public void Load_ALayerThatStandsTwice_IsOneLayer()
    {
        var twice = new Linear<float>(4, 4, new Random(1));
        var read = (Sequential<float>)OnnxFile.Load<float>(OnnxBytes.Of(new Sequential<float>(twice, new Tanh<float>(), twice)), "m");
        read.Layers[2].ShouldBeSameAs(read.Layers[0]);
        read.Parameters.Count.ShouldBe(2);
    }

    [Test]
    public void Load_SettingsThatNoFloatHolds_AreTheSame()
    {
        var net = new Sequential<double>(new LeakyReLU<double>(1.0 / 3), new ELU<double>(0.1), new BatchNorm<double>(4, 1e-7 / 3, 0.3));
        var read = (Sequential<double>)OnnxFile.Load<double>(OnnxBytes.Of(net), "m");
        ((LeakyReLU<double>)read.Layers[0]).Slope.ShouldBe(1.0 / 3);
        ((ELU<double>)read.Layers[1]).Alpha.ShouldBe(0.1);
        ((BatchNorm<double>)read.Layers[2]).Epsilon.ShouldBe(1e-7 / 3);
        ((BatchNorm<double>)read.Layers[2]).Momentum.ShouldBe(0.3);
    }

    [Test]
    public void Load_ModelsThatDoNothing_IsAFlatten() =>
        OnnxRefusal.Of(OnnxRefusal.Node("Identity", "x")).Network().ShouldBeOfType<Flatten<float>>();

    [Test]
    public void Load_ImagesAsInput_TakesThemFlattened()
    {
        OnnxModel model = OnnxRefusal.Of(OnnxRefusal.Node("Flatten", "x", "z"), OnnxRefusal.Node("Gemm", "z,w,b", "y", OnnxAttribute.Of("transB", 1))) with
        {
            Inputs = [new("x", OnnxType.Single, [1L, 1L, 2L, 2L])],
            Initializers = [new("w", OnnxType.Single, [1, 4], MemoryMarshal.AsBytes<float>(Weights).ToArray()), OnnxRefusal.Tensor("b", 1)],
        };
        model.Network().Forward(Matrices.FromRows<float>([1, 10, 100, 1000], [1, 1, 1, 1])).ShouldBe(Matrices.FromRows<float>([4321], [10]));
    }

    // Of a column: x − 0.5, 0.5 − x, x/4, 4/x, x³, |x|, each by its arithmetic at x = 2.
    [TestCase("Sub", "x,c", 0.5f, 1.5f)]
    [TestCase("Sub", "c,x", 0.5f, -1.5f)]
    [TestCase("Div", "x,c", 4, 0.5f)]
    [TestCase("Div", "c,x", 4, 2)]
    [TestCase("Div", "c,x", 1, 0.5f)]
    [TestCase("Mul", "c,x", 3, 6)]
    [TestCase("Add", "c,x", 3, 5)]
    [TestCase("Pow", "x,c", 3, 8)]
    public void Load_AnOperatorWithANumber_IsItsArithmetic(string operation, string inputs, float number, float expected)
    {
        OnnxModel model = OnnxRefusal.Of(OnnxRefusal.Node(operation, inputs)) with { Initializers = [new("c", OnnxType.Single, [], BitConverter.GetBytes(number))] };
        Layer<float> network = model.Network();
        network.Forward(2 * Ones).ShouldBe(expected * Ones);
        network.Parameters.ShouldBeEmpty();
    }

    // A row [1, 2, 3, 4] beside x = 1.
    [TestCase("Add", "x,w", new[] { 2f, 3, 4, 5 })]
    [TestCase("Add", "w,x", new[] { 2f, 3, 4, 5 })]
    [TestCase("Sub", "x,w", new[] { 0f, -1, -2, -3 })]
    [TestCase("Sub", "w,x", new[] { 0f, 1, 2, 3 })]
    public void Load_ARowThatIsAdded_IsAParameter(string operation, string inputs, float[] expected)
    {
        OnnxModel model = OnnxRefusal.Of(OnnxRefusal.Node(operation, inputs)) with { Initializers = [new("w", OnnxType.Single, [4], MemoryMarshal.AsBytes<float>(Weights).ToArray())] };
        Layer<float> network = model.Network();
        network.Forward(Matrices.FromRows<float>([1, 1, 1, 1], [1, 1, 1, 1])).ShouldBe(Matrices.FromRows<float>(expected, expected));
        network.Parameters.Single().Name.ShouldBe("w");
    }

    [Test]
    public void Load_AGraph_HasTheGradientsOfItsNumbers()
    {
        var graph = new Graph<double>();
        Node<double> x = graph.Variable("x", Some.Matrix<double>(1, 4));
        Node<double> gate = graph.Apply(new Sigmoid<double>(), graph.Apply(new Linear<double>(4, 4, new Random(1)), x));
        var net = new Sequential<double>(
            new GraphLayer<double>(x, (gate * graph.Apply(new LayerNorm<double>(4), x)) + x),
            new Residual<double>(new Sequential<double>(new Linear<double>(4, 4, new Random(2)), new GELU<double>())));
        Layer<double> read = OnnxFile.Load<double>(OnnxBytes.Of(net), "m");
        read.ShouldBeOfType<GraphLayer<double>>();
        GradientCheck.Gate(read, Some.Matrix<double>(3, 4)).ThrowIfFailed();
    }

    [Test]
    public void Load_Dropouts_DrawFromForksOfTheGenerator()
    {
        byte[] bytes = OnnxBytes.Of(new Sequential<float>(new Dropout<float>(0.5, new Philox(1L)), new Dropout<float>(0.5, new Philox(2L))));
        Draw(3).ShouldBe(Draw(3));
        Draw(3).ShouldNotBe(Draw(4));

        Matrix<float> Draw(long seed) => OnnxFile.Load<float>(bytes, "m", new Philox(seed)).Forward(Matrix<float>.Build.Dense(4, 8, 1f), new Cache<float>()).Clone();
    }

    [Test]
    public void SaveAndLoad_AFile_IsTheNetwork()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var net = new Linear<float>(4, 3, new Random(1));
        OnnxFile.Save(net, path, new OnnxExportOptions { InputName = "features", OutputName = "scores", BatchName = "N" });
        OnnxModel model = OnnxModelReader.Read(File.ReadAllBytes(path), path);
        (model.Inputs.Single().Name, model.Outputs.Single().Name).ShouldBe(("features", "scores"));
        model.Inputs.Single().Dimensions.ShouldBe(["N", 4L]);
        model.Outputs.Single().Dimensions.ShouldBe(["N", 3L]);
        model.Initializers.Select(tensor => tensor.Name).ShouldBe(["weight", "bias"]);
        (model.Format, model.OperatorSet, model.Producer, model.ProducerVersion).ShouldBe((8, 17, "NeuralNet", "0.1.0"));
        OnnxFile.Load<float>(path).ShouldBeOfType<Linear<float>>().Forward(Ones).ShouldBe(net.Forward(Ones));
        File.Delete(path);
    }

    private static byte[] ModelOf(ProtobufMessage tensor)
    {
        ProtobufMessage type = new ProtobufMessage().With(1, new ProtobufMessage().With(1, 1L)
            .With(2, new ProtobufMessage().With(1, new ProtobufMessage()).With(1, new ProtobufMessage().With(1, 4L))));
        ProtobufMessage node = new ProtobufMessage().With(1, "x").With(1, "fc.weight").With(2, "y").With(4, "MatMul");
        ProtobufMessage graph = new ProtobufMessage().With(1, node).With(5, tensor)
            .With(11, new ProtobufMessage().With(1, "x").With(2, type)).With(12, new ProtobufMessage().With(1, "y"));
        using var stream = new MemoryStream();
        using (var output = new Google.Protobuf.CodedOutputStream(stream, leaveOpen: true))
        {
            new ProtobufMessage().With(1, 8L).With(7, graph).With(8, new ProtobufMessage().With(2, 17L)).WriteTo(output);
        }

        return stream.ToArray();
    }
}
