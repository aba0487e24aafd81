using NeuralNet.Core;
using NeuralNet.Training.Onnx;
using static NeuralNet.Tests.Training.Onnx.OnnxRefusal;

namespace NeuralNet.Tests.Training.Onnx;

/// <summary>What layers and parameters are called that were read: after the node's place, or the weights', where it can be a name.</summary>
internal sealed class OnnxNameTests
{
    [TestCase("encoder/Gemm", "w", "encoder.weight")]
    [TestCase("/encoder/Gemm", "w", "encoder.weight")]
    [TestCase("/encoder/fc/Gemm", "w", "encoder.fc.weight")]
    [TestCase("Gemm", "fc.weight", "fc.weight")]
    [TestCase("Gemm", "w", "weight")]
    [TestCase("Gemm", ".weight", "weight")]
    [TestCase("n/Gemm", "w", "n.weight")]
    [TestCase("x12/Gemm", "w", "x12.weight")]
    [TestCase("n1x/Gemm", "w", "n1x.weight")]
    // As nodes of a graph are called that have no name.
    [TestCase("n12/Gemm", "w", "weight")]
    [TestCase(" /Gemm", "w", "weight")]
    [TestCase("a\tb/Gemm", "w", "weight")]
    public void Load_ALayer_IsCalledAfterItsPlace(string node, string weight, string expected) =>
        Of(Named(node, "Gemm", $"x,{weight}", "y")).Holding(Tensor(weight, 4, 2)).Network().Parameters.Single().Name.ShouldBe(expected);

    [Test]
    public void Load_WeightsOfWhichOneTellsAPlace_AreCalledAfterThat() =>
        Of(Node("Gemm", "x,.w,fc.bias")).Holding(Tensor(".w", 4, 2), Tensor("fc.bias", 2)).Network().Parameters.Select(named => named.Name).ShouldBe(["fc.weight", "fc.bias"]);

    // A number is a name at its own position only, and a name stands once.
    [TestCase("a", "b", "c", "a b c")]
    [TestCase("a", "b", "a", "a b 2")]
    [TestCase("a.5", "b", "c", "0 1 2")]
    [TestCase("0", "1", "2", "0 1 2")]
    [TestCase("1", "0", "2", "0 1 2")]
    [TestCase("b.0", "b.1", "c", "b c")]
    public void Load_AChain_IsCalledAfterItsPlaces(string first, string second, string third, string expected) =>
        Of(Named($"{first}/Relu", "Relu", "x", "a"), Named($"{second}/Tanh", "Tanh", "a", "b"), Named($"{third}/Neg", "Neg", "b", "y")).Network()
            .Children.Select(child => child.Name).ShouldBe(expected.Split(' '));

    [Test]
    public void Load_ParametersWhoseNamesNobodyCanWrite_AreNumbered()
    {
        OnnxModel model = Of(Node("Add", "x,\t", "a"), Node("Add", "a,\n", "b"), Node("Add", "b, ", "c"), Node("Add", "c,w"))
            .Holding(Tensor("\t", 4), Tensor("\n", 4), Tensor(" ", 4), Tensor("w", 4));
        model.Network().Parameters.Select(named => named.Name).ShouldBe(["unnamed", "unnamed_1", "unnamed_2", "w"], ignoreOrder: true);
    }

    // The exchange of axes that a node needs stands under the node's place, before its layer.
    [Test]
    public void Load_ANodeThatNeedsAnExchange_IsTwoLayers()
    {
        OnnxModel model = Of(Node("Transpose", "x", "t", OnnxAttribute.Of("perm", [0L, 2L, 1L])), Named("body/Flatten", "Flatten", "t", "y")).Taking(3, 4);
        Layer<float> network = model.Network();
        network.ToString().ShouldBe("Sequential(SwapAxes(3), Flatten)");
        network.Children.Select(child => child.Name).ShouldBe(["body", "1"]);
    }

    private static OnnxNode Named(string name, string operation, string inputs, string output) => Node(operation, inputs, output) with { Name = name };
}
