using NeuralNet.Core;
using NeuralNet.Training.Onnx;
using static NeuralNet.Tests.Training.Onnx.OnnxBytes;

namespace NeuralNet.Tests.Training.Onnx;

/// <summary>Models field by field: what is unknown is passed over in every message, what is left out is empty, and what is written is these bytes.</summary>
internal sealed class OnnxReaderTests
{
    private const int Unknown = 100;
    private static readonly float[] Weights = [1, 2, 3, 4];

    // A field of each kind that protocol buffers have.
    private static readonly byte[][] Further = [Field(Unknown, 300L), Field(Unknown, 1f), Field(Unknown, 1.0), Field(Unknown, "text")];

    [Test]
    public void Load_MessagesWithFieldsThatNobodyKnows_PassesOverThem()
    {
        OnnxModel model = OnnxModelReader.Read(ModelWith(Further), "m");
        (model.Format, model.OperatorSet, model.Name, model.Producer, model.ProducerVersion).ShouldBe((8, 17, "g", "p", "1"));
        model.Inputs.Single().Dimensions.ShouldBe(["n", 4L]);
        model.Outputs.Single().ShouldBe(new OnnxPort("y", OnnxType.Undefined, null));
        OnnxTensor tensor = model.Initializers.Single();
        (tensor.Name, tensor.Type, tensor.Dimensions.Single()).ShouldBe(("w", OnnxType.Single, 4));
        OnnxNode node = model.Nodes[1];
        (node.Name, node.Documentation, node.Domain).ShouldBe(("it", "about", ""));
        Matrix<float> x = Matrices.FromRows<float>([2, 2, -1, -2]);
        OnnxFile.Load<float>(ModelWith(Further), "m").Forward(x).ShouldBe(OnnxFile.Load<float>(ModelWith([]), "m").Forward(x));
    }

    [Test]
    public void Load_TextsThatAreLeftOut_AreEmpty()
    {
        byte[] node = Field(1, Field(2, "y"), Field(4, "Gelu"), Field(5, Field(1, "approximate"), Field(20, 3L)), Field(5, Field(1, "t"), Field(5, Field(2, 1L), Field(4, 1f))));
        OnnxModel model = OnnxModelReader.Read((byte[])[.. Field(1, 8L), .. Field(7, node)], "m");
        (model.Name, model.Producer, model.ProducerVersion, model.OperatorSet).ShouldBe(("", "", "", 0));
        OnnxNode read = model.Nodes.Single();
        (read.Name, read.Documentation, read.Domain, read.ToString()).ShouldBe(("", "", "", "Node 'y' (Gelu)"));
        read.Attributes[0].Text.ShouldBe("");
        read.Attributes[1].Tensor!.Name.ShouldBe("");
        new OnnxNode("Gelu", "", [], [], []).ToString().ShouldBe("Node '' (Gelu)");
    }

    // A field of a double each, as writers that do not pack numbers have it.
    [Test]
    public void Load_DoublesOneByOne_AreTheirNumbers()
    {
        byte[] tensor = [.. Field(1, 2L), .. Field(2, 11L), .. Field(8, "w"), .. Field(10, 0.5), .. Field(10, -3.25)];
        OnnxTensor read = OnnxModelReader.Read((byte[])[.. Field(1, 8L), .. Field(7, Field(5, tensor))], "m").Initializers.Single();
        (BitConverter.ToDouble(read.Bytes.Span), BitConverter.ToDouble(read.Bytes.Span[8..]), read.Bytes.Length).ShouldBe((0.5, -3.25, 16));
    }

    // Texts about nodes, domains and names of tensors are left out where there are none.
    [Test]
    public void Save_AModel_IsItsFieldsInOrder()
    {
        OnnxModel model = OnnxRefusal.Of(
            new OnnxNode("Constant", "c", [], ["c"], [OnnxAttribute.Of("value", OnnxModels.Number("", 2))]),
            OnnxRefusal.Node("Add", "x,c", "y", OnnxAttribute.Of("f", 0.5f), OnnxAttribute.Of("i", 3), OnnxAttribute.Of("is", [1L, 2L])) with { Documentation = "about", Domain = "d" })
            .Holding(OnnxModels.Floats("w", [2], 1, 2)) with
        { Name = "g", Producer = "p", ProducerVersion = "1" };
        byte[] constant = Field(1, Field(2, "c"), Field(3, "c"), Field(4, "Constant"), Field(5, Field(1, "value"), Field(5, Field(2, 1L), Field(9, BitConverter.GetBytes(2f))), Field(20, 4L)));
        byte[] sum = Field(
            1, Field(1, "x"), Field(1, "c"), Field(2, "y"), Field(3, "it"), Field(4, "Add"), Field(5, Field(1, "f"), Field(2, 0.5f), Field(20, 1L)),
            Field(5, Field(1, "i"), Field(3, 3L), Field(20, 2L)), Field(5, Field(1, "is"), Field(8, 1L), Field(8, 2L), Field(20, 7L)), Field(6, "about"), Field(7, "d"));
        byte[] weights = Field(5, Field(1, 2L), Field(2, 1L), Field(8, "w"), Field(9, [.. BitConverter.GetBytes(1f), .. BitConverter.GetBytes(2f)]));
        byte[] input = Field(11, Field(1, "x"), Field(2, Field(1, Field(1, 1L), Field(2, Field(1, Field(2, "n")), Field(1, Field(1, 4L))))));
        byte[] output = Field(12, Field(1, "y"), Field(2, Field(1, Field(1, 1L))));
        Of(model).ShouldBe([.. Field(1, 8L), .. Field(2, "p"), .. Field(3, "1"), .. Field(7, constant, sum, Field(2, "g"), weights, input, output), .. Field(8, Field(1, ""), Field(2, 17L))]);
    }

    // Tensors may lie at one place: 22 of 100 000 000 bytes, each with 15 of its own and 5 before it, and 18 of the model.
    [Test]
    public void Save_AModelOfTwoGibibytes_IsRefused()
    {
        const int Tensors = 22, Numbers = 100_000_000;
        var tensor = new OnnxTensor("w", OnnxType.Bool, [Numbers], new byte[Numbers]);
        var model = new OnnxModel { Initializers = [.. Enumerable.Repeat(tensor, Tensors)] };
        using var stream = new MemoryStream();
        Should.Throw<NotSupportedException>(() => OnnxModelWriter.Write(model, stream))
            .Message.ShouldBe($"The model would take {(Tensors * (Numbers + 20L)) + 20} bytes; an ONNX file with its weights inside has at most 2147483647.");
        stream.Length.ShouldBe(0);
    }

    // Elu of x + w, of the operator set of ONNX under its full name.
    private static byte[] ModelWith(byte[][] further)
    {
        byte[] attribute = Field(5, [Field(1, "alpha"), .. further, Field(2, 0.5f), Field(20, 1L)]);
        byte[] elu = Field(1, [Field(1, "z"), Field(2, "y"), Field(3, "it"), .. further, Field(4, "Elu"), attribute, Field(6, "about"), Field(7, "ai.onnx")]);
        byte[] sum = Field(1, Field(1, "x"), Field(1, "w"), Field(2, "z"), Field(4, "Add"));
        byte[] tensor = Field(5, [Field(1, 4L), .. further, Field(2, 1L), Field(8, "w"), .. Weights.Select(weight => Field(4, weight))]);
        byte[] shape = Field(2, [.. further, Field(1, [.. further, Field(2, "n")]), .. further, Field(1, Field(1, 4L))]);
        byte[] type = Field(2, [.. further, Field(1, [Field(1, 1L), .. further, shape]), .. further]);
        byte[] graph = Field(7, [sum, .. further, elu, Field(2, "g"), tensor, Field(11, [Field(1, "x"), .. further, type]), Field(12, Field(1, "y"))]);
        byte[] operators = Field(8, [Field(1, "ai.onnx"), .. further, Field(2, 17L)]);
        return [.. Field(1, 8L), .. further.SelectMany(field => field), .. Field(2, "p"), .. Field(3, "1"), .. graph, .. operators];
    }
}
