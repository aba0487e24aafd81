using NeuralNet.Core;
using NeuralNet.Training.Onnx;
using static NeuralNet.Tests.Training.Onnx.OnnxBytes;

namespace NeuralNet.Tests.Training.Onnx;

/// <summary>Models that are as deep as they are made to be: nothing recurses over them.</summary>
internal sealed class OnnxDepthTests
{
    private const int Nesting = 10_000;

    // Lengths and names inside tell how deep and how many things are; here they are large on purpose.
    [Test]
    public void Load_AVeryDeepModel_IsRead()
    {
        const int Depth = 100_000;
        OnnxNode[] nodes = [.. Enumerable.Range(0, Depth).Select(i => OnnxRefusal.Node("Neg", i == 0 ? "x" : $"v{i}", i == Depth - 1 ? "y" : $"v{i + 1}"))];
        Layer<float> network = OnnxRefusal.Of(nodes).Network();
        network.Forward(Matrix<float>.Build.Dense(1, 4, 2f)).AsSpan().ToArray().ShouldBe([2f, 2, 2, 2]);
    }

    [Test]
    public void Load_NestedMessages_AreNotFollowed()
    {
        // An attribute that is a graph with a node with such an attribute, and so on.
        byte[] message = [];
        for (int depth = 0; depth < Nesting; depth++)
        {
            message = Field(6, message);
        }

        byte[] node = Field(1, Field(2, "y"), Field(4, "If"), Field(5, Field(1, "body"), Field(6, message), Field(20, 5L)));
        byte[] type = Field(2, Field(1, Field(1, 1L), Field(2, Field(1, []), Field(1, Field(1, 4L)))));
        byte[] model = [.. Field(1, 8L), .. Field(7, node, Field(11, Field(1, "x"), type), Field(12, Field(1, "y"))), .. Field(8, Field(2, 17L))];
        Should.Throw<NotSupportedException>(() => OnnxFile.Load<float>(model, "m"))
            .Message.ShouldBe("Node 'y' (If) of 'm': the attribute body, a graph within the node, is not supported.");
    }
}
