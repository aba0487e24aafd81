using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Core.Shapes;
using NeuralNet.Examples.OwnLayer;
using NeuralNet.Layers;
using NeuralNet.Tests.Core.Gates;
using NeuralNet.Training.Onnx;

namespace NeuralNet.Tests.Training.Onnx;

/// <summary>What is refused, by its whole message.</summary>
internal sealed class OnnxRefusalTests
{
    private static readonly Sequential<float> Network = new(new Linear<float>(4, 2, new Random(1)), new Tanh<float>());

    [TestCaseSource(typeof(OnnxRefusals), nameof(OnnxRefusals.Unsupported))]
    [TestCaseSource(typeof(OnnxShapeRefusals), nameof(OnnxShapeRefusals.Unsupported))]
    [TestCaseSource(typeof(OnnxWeightRefusals), nameof(OnnxWeightRefusals.Unsupported))]
    public void Load_WhatNoNetworkHas_ThrowsNotSupported(OnnxRefusal refusal) =>
        Should.Throw<NotSupportedException>(() => refusal.Model.Network()).Message.ReplaceLineEndings("\n").ShouldBe(refusal.Message);

    [TestCaseSource(typeof(OnnxRefusals), nameof(OnnxRefusals.Damaged))]
    [TestCaseSource(typeof(OnnxShapeRefusals), nameof(OnnxShapeRefusals.Damaged))]
    [TestCaseSource(typeof(OnnxWeightRefusals), nameof(OnnxWeightRefusals.Damaged))]
    public void Load_WhatContradictsItself_ThrowsInvalidData(OnnxRefusal refusal) =>
        Should.Throw<InvalidDataException>(() => refusal.Model.Network()).Message.ShouldBe(refusal.Message);

    // Keys are 8·field + kind: 0x3A the graph, 0x0A in it a node, 0x2A an initializer, 0x5A an input.
    [TestCase(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF }, "a number of more than ten bytes, in the field at byte 0")]
    [TestCase(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01 }, "a number of more than ten bytes, in the field at byte 0")]
    [TestCase(new byte[] { 0x08 }, "1 bytes, of which 0 are there, in the field at byte 0")]
    [TestCase(new byte[] { 0x08, 0x08, 0x3A, 0x05 }, "5 bytes, of which 0 are there, in the field at byte 2")]
    [TestCase(new byte[] { 0x00, 0x01 }, "no key of a field, in the field at byte 0")]
    [TestCase(new byte[] { 0x80, 0x80, 0x80, 0x80, 0x10, 0x00 }, "no key of a field, in the field at byte 0")]
    [TestCase(new byte[] { 0x0B }, "no key of a field, in the field at byte 0")]
    [TestCase(new byte[] { 0x0A, 0x01, 0x01 }, "field 1 is of another kind than it has in a model, in the field at byte 0")]
    [TestCase(new byte[] { 0x38, 0x00 }, "field 7 is of another kind than it has in a model, in the field at byte 0")]
    [TestCase(new byte[] { 0x3A, 0x06, 0x0A, 0x04, 0x2A, 0x02, 0x10, 0x01 }, "field 2 is of another kind than it has in a model, in the field at byte 6")]
    [TestCase(new byte[] { 0x3A, 0x04, 0x2A, 0x02, 0x48, 0x01 }, "field 9 is of another kind than it has in a model, in the field at byte 4")]
    [TestCase(new byte[] { 0x12, 0x01, 0xFF }, "a text that is not UTF-8, in the field at byte 0")]
    [TestCase(new byte[] { 0x3A, 0x00, 0x3A, 0x00 }, "a second graph, in the field at byte 2")]
    [TestCase(new byte[] { 0x3A, 0x02, 0x0A, 0x00 }, "a node without an operator, in the field at byte 4")]
    [TestCase(new byte[] { 0x3A, 0x05, 0x0A, 0x03, 0x22, 0x01, 0x41 }, "a node without outputs, in the field at byte 4")]
    [TestCase(new byte[] { 0x3A, 0x04, 0x0A, 0x02, 0x2A, 0x00 }, "an attribute without a name, in the field at byte 6")]
    [TestCase(new byte[] { 0x3A, 0x02, 0x5A, 0x00 }, "an input or output without a name, in the field at byte 4")]
    [TestCase(new byte[] { 0x3A, 0x04, 0x2A, 0x02, 0x10, 0x01 }, "tensor '' of [] with 0 bytes of numbers, in the field at byte 4")]
    [TestCase(
        new byte[] { 0x3A, 0x0F, 0x2A, 0x0D, 0x08, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01, 0x10, 0x01 },
        "tensor '' with an axis of length -1, in the field at byte 15")]
    [TestCase(new byte[] { 0x3A, 0x06, 0x2A, 0x04, 0x08, 0x00, 0x10, 0x01 }, "an initializer without a name, in the field at byte 2")]
    [TestCase(new byte[] { 0x3A, 0x09, 0x2A, 0x07, 0x10, 0x01, 0x22, 0x03, 0x00, 0x00, 0x00 }, "3 bytes of numbers of 4, in the field at byte 6")]
    public void Load_DamagedBytes_NamesTheirPlace(byte[] bytes, string message) =>
        Should.Throw<InvalidDataException>(() => OnnxFile.Load<float>(bytes, "m")).Message.ShouldBe($"'m' is no ONNX model, or damaged: {message}.");

    [TestCase(new byte[0], "'m' is no ONNX model, or damaged: it has no graph.")]
    [TestCase(new byte[] { 0x3A, 0x00 }, "'m' is no ONNX model, or damaged: it has no version of the format.")]
    [TestCase(new byte[] { 0xF8, 0xFF, 0xFF, 0xFF, 0x0F, 0x00 }, "'m' is no ONNX model, or damaged: it has no graph.")]
    public void Load_BytesWithoutAModel_SaysWhatIsMissing(byte[] bytes, string message) =>
        Should.Throw<InvalidDataException>(() => OnnxFile.Load<float>(bytes, "m")).Message.ShouldBe(message);

    // A tensor 'w' of floats with data_location 1, and with an entry of external_data.
    [TestCase(new byte[] { 0x3A, 0x09, 0x2A, 0x07, 0x10, 0x01, 0x42, 0x01, 0x77, 0x70, 0x01 })]
    [TestCase(new byte[] { 0x3A, 0x09, 0x2A, 0x07, 0x10, 0x01, 0x42, 0x01, 0x77, 0x6A, 0x00 })]
    public void Load_WeightsInAnotherFile_ThrowsNotSupported(byte[] bytes) => Should.Throw<NotSupportedException>(() => OnnxFile.Load<float>(bytes, "m"))
        .Message.ShouldBe("Tensor 'w' of 'm' has its numbers in another file, which is not supported; save the model with its weights inside.");

    [Test]
    public void Load_SparseWeights_ThrowsNotSupported() => Should.Throw<NotSupportedException>(() => OnnxFile.Load<float>(new byte[] { 0x3A, 0x02, 0x7A, 0x00 }, "m"))
        .Message.ShouldBe("'m' has a sparse initializer, which is not supported; save the model with dense ones.");

    [Test]
    public void Load_OfHalves_ThrowsNotSupported() => Should.Throw<NotSupportedException>(() => OnnxFile.Load<Half>(OnnxBytes.Of(OnnxRefusal.Of(OnnxRefusal.Node("Relu", "x"))), "m"));

    [Test]
    public void Load_NoFile_NamesIt() => Should.Throw<FileNotFoundException>(() => OnnxFile.Load<float>("missing.onnx")).Message.ShouldBe("'missing.onnx' does not exist; expected an ONNX model.");

    [Test]
    public void Save_ALayerOfOnesOwn_NamesItAndItsPlace()
    {
        var own = new Affine<float>(4, 3, new Random(1));
        const string Advice = "cannot be written as ONNX: layers of one's own cannot be, nor recurrent layers, attention, NeuralTuringMachine, GroupNorm, ChannelDropout, Upsample and " +
            "PerPosition. Compose it of others, in a Sequential or as a GraphLayer, or leave it out of what is written.";
        Refused<NotSupportedException>(own).ShouldBe($"The network, {own}, {Advice}");
        Refused<NotSupportedException>(new Sequential<float>(new Tanh<float>(), ("body", new Residual<float>(own, new Linear<float>(4, 3, new Random(1)))))).ShouldBe($"Layer 'body.inner', {own}, {Advice}");
    }

    [Test]
    public void Save_ALayerWithoutACounterpart_IsRefused()
    {
        GateEntry<float>[] refused = [.. GateCatalogue.All<float>().Where(entry => entry.Gate is Layer<float> && OnnxCatalogue.IsRefused(entry.Gate))];
        refused.Length.ShouldBeGreaterThan(30);
        foreach (GateEntry<float> entry in refused)
        {
            Refused<NotSupportedException>((Layer<float>)entry.Gate).ShouldContain("cannot be written as ONNX", customMessage: entry.Name);
        }
    }

    [Test]
    public void Save_Refused_LeavesAFileAsItWas()
    {
        string path = Path.GetTempFileName();
        File.WriteAllText(path, "before");
        Should.Throw<NotSupportedException>(() => OnnxFile.Save(new Affine<float>(4, 3, new Random(1)), path));
        File.ReadAllText(path).ShouldBe("before");
        File.Delete(path);
    }

    [Test]
    public void Save_OneNameForBothEnds_IsRefused() => Refused<ArgumentException>(Network, new() { InputName = "x", OutputName = "x" })
        .ShouldBe("Input and output of the model are both called 'x'; names are unique. (Parameter 'options')");

    [Test]
    public void Save_TheNameOfAParameterForAnEnd_IsRefused() => Refused<ArgumentException>(Network, new() { InputName = "0.weight" })
        .ShouldBe("The name '0.weight' is that of a parameter or state of the network already; names are unique. Call the model's ends otherwise. (Parameter 'options')");

    [Test]
    public void Save_TheNameOfAParameterForTheOutput_IsRefused() => Refused<ArgumentException>(Network, new() { OutputName = "0.bias" })
        .ShouldBe("The name '0.bias' is that of a parameter or state of the network already; names are unique. Call the model's ends otherwise. (Parameter 'options')");

    [Test]
    public void Save_AnotherShapeThanTheNetworks_IsRefused() => Refused<ArgumentException>(Network, new() { InputShape = SampleShape.Sequence(2, 2) })
        .ShouldBe("The options say samples of 2×2, but Sequential(Linear(4 → 2), Tanh) expects [N×4]. (Parameter 'options')");

    [Test]
    public void Save_ASettingBeyondFloat_IsRefused()
    {
        using var stream = new MemoryStream();
        Should.Throw<NotSupportedException>(() => OnnxFile.Save(new LeakyReLU<double>(1e300), stream))
            .Message.ShouldBe("alpha 1E+300 cannot be written as ONNX: an attribute is a float, which has no such number.");
    }

    [Test]
    public void Save_EmptyNames_AreRefused()
    {
        Should.Throw<ArgumentException>(() => new OnnxExportOptions { InputName = "" });
        Should.Throw<ArgumentException>(() => new OnnxExportOptions { OutputName = " " });
        Should.Throw<ArgumentException>(() => new OnnxExportOptions { BatchName = "" });
    }

    private static string Refused<TException>(Layer<float> network, OnnxExportOptions? options = null) where TException : Exception
    {
        using var stream = new MemoryStream();
        string message = Should.Throw<TException>(() => OnnxFile.Save(network, stream, options)).Message;
        stream.Length.ShouldBe(0);
        return message;
    }
}
