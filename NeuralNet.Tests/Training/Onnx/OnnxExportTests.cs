using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Core.Gates;
using NeuralNet.Core.Graphs;
using NeuralNet.Core.Shapes;
using NeuralNet.Layers;
using NeuralNet.Tests.Support;
using NeuralNet.Training.Onnx;

namespace NeuralNet.Tests.Training.Onnx;

/// <summary>What a written model has in it: its nodes and what they are called, its ends, and nothing that nobody needs.</summary>
internal sealed class OnnxExportTests
{
    private static IEnumerable<TestCaseData> Networks()
    {
        yield return Case(new Linear<float>(4, 3, new Random(1)), null, "Gemm");
        yield return Case(new BatchNorm<float>(4), 4, "BatchNormalization");
        yield return Case(new BatchNorm<float>(4), SampleShape.Sequence(4, 2), "Constant", "Reshape", "BatchNormalization", "Constant", "Reshape");
        yield return Case(new PReLU<float>(), 4, "PRelu");
        yield return Case(new PReLU<float>(4), 4, "Constant", "Reshape", "PRelu", "Constant", "Reshape");
        yield return Case(new Reshape<float>(SampleShape.Vector(4)), 4, "Constant", "Reshape");
        yield return Case(new Reshape<float>(SampleShape.Sequence(2, 2)), 4, "Constant", "Reshape", "Constant", "Reshape");
        yield return Case(new SliceGate<float>(.., 1..3), 4, "Constant", "Constant", "Constant", "Slice");
        yield return Case(new GELU<float>(), 4, "Constant", "Div", "Erf", "Constant", "Add", "Mul", "Constant", "Mul");
        yield return Case(new LayerNorm<float>(4, affine: false), 4, "Constant", "LayerNormalization");
        yield return Case(GraphOf((_, x) => x), 4, "Identity");
        yield return Case(GraphOf((graph, x) => graph.Apply(new ConcatenateGate<float>(), x, graph.Constant(Some.Matrix<float>(1, 2), "c"))), 4, "Constant", "Concat");
    }

    [TestCaseSource(nameof(Networks))]
    public void Save_ANetwork_HasTheNodesThatItNeeds(Layer<float> network, SampleShape? sample, string[] operators)
    {
        OnnxModel model = network.Written(new() { InputShape = sample });
        model.Nodes.Select(node => node.Operator).ShouldBe(operators);
        (model.Name, model.Producer, model.Nodes[^1].Outputs.Single()).ShouldBe(("network", "NeuralNet", "output"));

        // Nodes are called after their operators, settings have no name of their own, and floats hold them all.
        model.Nodes.Select(node => node.Name.Split('/')[^1].Split('_')[0]).ShouldBe(operators);
        model.Nodes.ShouldAllBe(node => node.Domain.Length == 0 && node.Documentation.Length == 0);
        model.Nodes.SelectMany(node => node.Attributes).ShouldAllBe(attribute => attribute.Tensor == null || attribute.Tensor.Name.Length == 0);
    }

    [Test]
    public void Save_ANetworkOfNames_CallsNodesAfterTheirPlaces()
    {
        var network = new Sequential<float>(("body", new Sequential<float>(new Linear<float>(4, 3, new Random(1)), new Dropout<float>(0.5, new(1L)))), ("last", new Tanh<float>()));
        network.Written().Nodes.Select(node => node.Name).ShouldBe(["body.0/Gemm", "body.1/Constant", "body.1/Dropout", "last/Tanh"]);
    }

    // A graph may give what it holds fast, whatever comes in.
    [Test]
    public void Save_AConstantAsTheOutput_GoesThroughAnIdentity()
    {
        OnnxModel model = new Sequential<float>(new Tanh<float>(), GraphOf((graph, _) => graph.Constant(Some.Matrix<float>(1, 4), "c"))).Written();
        model.Nodes.Select(node => node.Operator).ShouldBe(["Tanh", "Constant", "Identity"]);
        model.Nodes[^1].Outputs.ShouldBe(["output"]);
        model.Nodes[^1].Name.ShouldBe("Identity");
    }

    // Columns of samples are samples still; some rows, a sum of all and a transposed matrix are not.
    [Test]
    public void Save_ANetwork_TellsTheAxesOfItsEnds()
    {
        Output(new Linear<float>(4, 3, new Random(1))).ShouldBe(["batch", 3L]);
        Output(new SliceGate<float>(.., 1..3)).ShouldBe(["batch", 2L]);
        Output(new SliceGate<float>(1..2, ..)).ShouldBe([null, null]);
        Output(new SumGate<float>()).ShouldBe([null, null]);
        Output(new TransposeGate<float>()).ShouldBe([null, null]);
        new Tanh<float>().Written().Inputs.Single().Dimensions.ShouldBe(["batch", null]);

        static IReadOnlyList<object?> Output(Layer<float> network)
        {
            OnnxModel model = network.Written(new() { InputShape = 4 });
            model.Inputs.Single().Dimensions.ShouldBe(["batch", 4L]);
            return model.Outputs.Single().Dimensions!;
        }
    }

    [Test]
    public void Save_SettingsThatNoFloatHolds_TellsThemInTheDocumentation()
    {
        Documentation(new BatchNorm<float>(4, 0.25, 0.5)).ShouldBe("");
        Documentation(new BatchNorm<float>(4, 0.100000000001, 0.5)).ShouldBe("epsilon=0.100000000001");
        Documentation(new BatchNorm<float>(4, 0.100000000001, 0.3000000001)).ShouldBe("epsilon=0.100000000001;momentum=0.6999999999");

        static string Documentation(Layer<float> network) => network.Written().Nodes.Single(node => node.Operator == "BatchNormalization").Documentation;
    }

    // W of x·W as a Linear has its columns one behind the other, as a factor in a graph its rows.
    [Test]
    public void Save_WeightsThatAreStoredInTwoWays_IsRefused()
    {
        var linear = new Linear<float>(4, 3, new Random(1), bias: false);
        Layer<float> network = new Sequential<float>(
            ("first", linear), ("second", GraphOf((graph, x) => graph.Apply(new MatrixMultiplyGate<float>(), x, graph.Apply(new TransposeGate<float>(), graph.Parameter("w", linear.Weight))), 3)));
        Should.Throw<NotSupportedException>(() => network.Written())
            .Message.ShouldBe("'first.weight' stands at two places of the network that ONNX stores differently, as [3, 4] and as [4, 3]; as one initializer it cannot be written.");
    }

    private static GraphLayer<float> GraphOf(Func<Graph<float>, Node<float>, Node<float>> make, int features = 4)
    {
        var graph = new Graph<float>();
        Node<float> x = graph.Variable("x", Matrices.Zeros<float>(1, features));
        return new GraphLayer<float>(x, make(graph, x));
    }

    private static TestCaseData Case(Layer<float> network, SampleShape? sample, params string[] operators) =>
        new TestCaseData(network, sample, operators).SetArgDisplayNames($"{network} of {sample?.ToString() ?? "any samples"}");
}
