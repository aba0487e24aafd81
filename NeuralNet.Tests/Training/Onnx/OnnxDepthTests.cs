using NeuralNet.Core;
using NeuralNet.Training.Onnx;

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
        Layer<float> network = OnnxFile.Load<float>(Written(OnnxRefusal.Of(nodes)), "m");
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

        byte[] attribute = [.. Field(1, "body"u8.ToArray()), .. Field(6, message), 0xA0, 0x01, 0x05];
        byte[] node = [.. Field(2, "y"u8.ToArray()), .. Field(4, "If"u8.ToArray()), .. Field(5, attribute)];
        byte[] type = Field(1, [0x08, 0x01, .. Field(2, [.. Field(1, []), .. Field(1, [0x08, 0x04])])]);
        byte[] graph = [.. Field(1, node), .. Field(11, [.. Field(1, "x"u8.ToArray()), .. Field(2, type)]), .. Field(12, Field(1, "y"u8.ToArray()))];
        byte[] model = [0x08, 0x08, .. Field(7, graph), .. Field(8, [0x10, 0x11])];
        Should.Throw<NotSupportedException>(() => OnnxFile.Load<float>(model, "m"))
            .Message.ShouldBe("Node 'y' (If) of 'm': the attribute body, a graph within the node, is not supported.");
    }

    private static byte[] Field(int number, byte[] content)
    {
        List<byte> bytes = [(byte)((number << 3) | 2)];
        for (int rest = content.Length; ; rest >>= 7)
        {
            bytes.Add((byte)(rest < 0x80 ? rest : rest | 0x80));
            if (rest < 0x80)
            {
                return [.. bytes, .. content];
            }
        }
    }

    private static byte[] Written(OnnxModel model)
    {
        using var stream = new MemoryStream();
        OnnxModelWriter.Write(model, stream);
        return stream.ToArray();
    }
}
