using NeuralNet.Core;
using NeuralNet.Core.Files;
using NeuralNet.Core.Functions;
using NeuralNet.Layers;
using NeuralNet.Layers.Saving;
using NeuralNet.Tests.Core.Gates;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Layers.Saving;

/// <summary>Files whose description or tensors are wrong: what the error says, and that a network which was there is left as it was.</summary>
internal sealed class DamagedNetworkTests
{
    private const string NetworkName = "neuralnet.network";

    [TestCase("[1]", "The description of the network is no object.")]
    [TestCase("{\"kind\"", "The description of the network is no JSON: ")]
    [TestCase("{}", "The description of the network names no kind.")]
    [TestCase("{\"kind\":3}", "The description of the network names no kind.")]
    [TestCase("{\"same\":\"x\"}", "The description of the network says that it is the same as 'x', where nothing stands before it.")]
    [TestCase("{\"kind\":\"Rectifier\"}", "Rectifier is of a kind that is not known here.")]
    [TestCase("{\"kind\":\"Sequential\",\"children\":{\"a\":3}}", "The description of 'a' is no object.")]
    [TestCase("{\"kind\":\"Sequential\",\"children\":{\"a\":{\"kind\":\"Sequential\",\"children\":{\"b\":{}}}}}", "The description of 'a.b' names no kind.")]
    [TestCase("{\"kind\":\"Sequential\",\"children\":[]}", "The description of the network has 'children' that are no object.")]
    [TestCase(
        "{\"kind\":\"Sequential\",\"children\":{\"a\":{\"kind\":\"ReLU\"},\"a\":{\"kind\":\"ReLU\"}}}", "The description of the network has 'a' twice in 'children'.")]
    [TestCase("{\"kind\":\"Sequential\",\"children\":{\"a\":{\"kind\":\"AddGate\"}}}", "Sequential has 'a', add, which is no layer: it has not one input.")]
    [TestCase("{\"kind\":\"LeakyReLU\",\"settings\":{\"alpha\":1,\"beta\":2}}", "LeakyReLU has no setting 'slope'; it has: alpha, beta.")]
    [TestCase("{\"kind\":\"LeakyReLU\",\"settings\":{\"slope\":true}}", "The setting 'slope' of LeakyReLU is True, not a number.")]
    [TestCase("{\"kind\":\"LeakyReLU\",\"settings\":{\"slope\":\"NaN\"}}", "LeakyReLU cannot be built: ")]
    [TestCase("{\"kind\":\"GELU\",\"settings\":{\"tanh\":1}}", "The setting 'tanh' of GELU is 1, not true or false.")]
    [TestCase("{\"kind\":\"Maxout\",\"settings\":{\"pieces\":2.5}}", "The setting 'pieces' of Maxout is 2.5, not a whole number.")]
    [TestCase("{\"kind\":\"Reshape\",\"settings\":{\"shape\":7}}", "The setting 'shape' of Reshape is 7, not a text.")]
    [TestCase("{\"kind\":\"Reshape\",\"settings\":{\"shape\":\"1×2×3×4\"}}", "Reshape cannot be built: '1×2×3×4' is no shape such as 16×8×8.")]
    [TestCase("{\"kind\":\"SliceGate\",\"settings\":{\"rows\":\"1\",\"columns\":\"0..1\"}}", "SliceGate cannot be built: '1' is no range such as 1..^2.")]
    [TestCase("{\"kind\":\"Upsample\",\"settings\":{\"input\":\"1×2×2\",\"factor\":\"1×2×3\"}}", "Upsample cannot be built: '1×2×3' is no extent such as 3 or 1×5.")]
    [TestCase("{\"kind\":\"Dropout\",\"settings\":{\"probability\":0.5}}", "Dropout has no generator 'random'.")]
    [TestCase("{\"kind\":\"Dropout\",\"settings\":{\"probability\":0.5},\"generators\":{\"random\":{\"state\":\"x\"}}}", "The generator 'random' has no state that can be read.")]
    [TestCase("{\"kind\":\"Dropout\",\"settings\":{\"probability\":0.5},\"generators\":{\"random\":{\"same\":\"x\"}}}", "The generator 'random' has no state that can be read.")]
    [TestCase("{\"kind\":\"Residual\"}", "Residual has no child 'inner'.")]
    [TestCase("{\"kind\":\"RecurrentGate\",\"children\":{\"layer\":{\"kind\":\"ReLU\"}}}", "'layer' of a RecurrentGate is ReLU, which is no recurrent layer.")]
    [TestCase("{\"kind\":\"Masked\",\"children\":{\"layer\":{\"kind\":\"ReLU\"}}}", "Masked has 'layer', ReLU, which is not what stands there in such a layer.")]
    [TestCase("{\"kind\":\"GraphLayer\",\"settings\":{\"nodes\":\"input\\tmatrix\\tx\\ninput\\tmatrix\\ty\"}}", "GraphLayer cannot be built: A layer has one input, this one 2.")]
    [TestCase("{\"kind\":\"GraphLayer\",\"settings\":{\"nodes\":\"input\\tmatrix\\tx\\ngate\\tf\\t0\"}}", "GraphLayer cannot be built: There is no gate for the node 'f'.")]
    [TestCase("{\"kind\":\"GraphLayer\",\"settings\":{\"nodes\":\"input\\tmatrix\\tx\\nleaf\\ty\"}}", "GraphLayer cannot be built: 'leaf y' is no node of a graph.")]
    [TestCase("{\"kind\":\"GraphLayer\",\"settings\":{\"nodes\":\"input\\tmatrix\\tx\\nsame\\t1\"}}", "GraphLayer cannot be built: '1' is no line above.")]
    [TestCase("{\"kind\":\"GraphLayer\",\"settings\":{\"nodes\":\"input\\tmatrix\\tx\\nsame\\t-1\"}}", "GraphLayer cannot be built: '-1' is no line above.")]
    public void Open_DamagedDescription_SaysWhatIsWrong(string description, string expected) => Opening(File(description)).ShouldStartWith($"'test': {expected}");

    // Each asks for more numbers than the one that the file has, so it is refused before memory is taken.
    [TestCase("linear", "outputs", "5", "40000")]
    [TestCase("embedding", "vocabulary", "11", "40000")]
    [TestCase("batch norm of features", "channels", "5", "40000")]
    [TestCase("layer norm", "features", "7", "40000")]
    [TestCase("group norm", "channels", "4", "40000")]
    [TestCase("PReLU of channels", "channels", "3", "40000")]
    [TestCase("learned positions", "context", "3", "40000")]
    [TestCase("attention", "width", "4", "80")]
    [TestCase("convolution", "outputs", "3", "40000")]
    [TestCase("convolution", "kernel", "\"3\"", "\"40000×1\"")]
    [TestCase("convolution of sequences", "kernel", "\"3\"", "\"40000\"")]
    [TestCase("transposed convolution", "outputs", "3", "40000")]
    [TestCase("LSTM", "hidden", "", "70")]
    [TestCase("GRU", "inputs", "", "4000")]
    [TestCase("LSTM", "layers", "", "4000")]
    public void Open_DescriptionLargerThanTheFile_IsRefusedBeforeMemoryIsTaken(string gate, string setting, string was, string becomes)
    {
        string description = Description(GateCatalogue.Get<float>(gate).Gate), pattern = $"\"{setting}\":{was}";
        int at = description.IndexOf(pattern, StringComparison.Ordinal);
        at.ShouldBeGreaterThanOrEqualTo(0, description);
        int end = description.AsSpan(at + pattern.Length).IndexOfAny(',', '}') + at + pattern.Length;

        string error = Opening(File($"{description[..at]}\"{setting}\":{becomes}{description[end..]}", new PReLU<float>(1200)));

        error.ShouldContain("all tensors of the file have 1200.");
    }

    [TestCase("inputs", "outputs")]
    [TestCase("hidden", "inputs")]
    [TestCase("hidden", "outputs")]
    [TestCase("hidden", "width")]
    [TestCase("hidden", "shifts")]
    [TestCase("hidden", "readHeads")]
    [TestCase("hidden", "writeHeads")]
    public void Open_MachineLargerThanTheFile_IsRefusedBeforeMemoryIsTaken(string first, string second)
    {
        string Number(string name) => name == first || name == second ? "39" : "1";
        string description = "{\"kind\":\"NeuralTuringMachine\",\"settings\":{\"locations\":64," + string.Join(
            ',', new[] { "inputs", "outputs", "hidden", "width", "shifts", "readHeads", "writeHeads" }.Select(name => $"\"{name}\":{Number(name)}")) + "}}";

        string error = Opening(File(description, new PReLU<float>(1200)));

        error.ShouldContain(first == "hidden" ? "NeuralTuringMachine would have " : "The tensors are not those of the network that is described");
    }

    [Test]
    public void Open_OtherTensors_SaysWhich()
    {
        string description = Description(new Sequential<float>(("a", new Linear<float>(2, 3, new Random(1)))));
        var other = new Sequential<float>(("a", new Linear<float>(2, 4, new Random(1), bias: false)), ("b", new PReLU<float>()));

        Opening(File(description, other)).ShouldBe(
            "'test': The tensors are not those of the network that is described: the file lacks 'a.bias' [3]; the network has no 'b.weight' [1]; " +
            "'a.weight' is [4, 2] in the file, [3, 2] in the network. Nothing was loaded.");
    }

    [Test]
    public void Load_ManyTensorsMissing_NamesEight()
    {
        using var folder = new TemporaryFolder();
        new ReLU<float>().Save(folder["none"]);
        Sequential<float> Slopes(int count) => new([.. Enumerable.Range(0, count).Select(_ => new PReLU<float>())]);

        Should.Throw<InvalidDataException>(() => Slopes(10).Load(folder["none"])).Message.ShouldEndWith("'7.weight' [1] and 2 more. Nothing was loaded.");
        Should.Throw<InvalidDataException>(() => Slopes(8).Load(folder["none"])).Message.ShouldEndWith("'7.weight' [1]. Nothing was loaded.");
    }

    [Test]
    public void Open_AnotherVersionOrLabels_SaysSo()
    {
        string description = Description(new ReLU<float>());

        Opening(File(description, version: "2")).ShouldBe("'test' is of version 2 of the format; known is 1.");
        Opening(File(description, version: null)).ShouldBe("'test' is of version none of the format; known is 1.");
        foreach (string labels in (ReadOnlySpan<string>)["{", "{}", "[1]", "[null]"])
        {
            Opening(File(description, labels: labels)).ShouldBe("'test': The labels are no list of texts.");
        }

        Should.Throw<ArgumentException>(() => new ReLU<float>().Save(new MemoryStream(), ["a", null!])).Message.ShouldStartWith("A label is null.");
    }

    [Test]
    public void Load_WhatDoesNotFit_LeavesTheNetwork()
    {
        using var folder = new TemporaryFolder();
        string path = folder["other.safetensors"];
        var network = new Sequential<float>(("a", new Linear<float>(2, 3, new Random(1))), ("b", new PReLU<float>()));
        float[][] before = Numbers(network);
        new Sequential<float>(("a", new Linear<float>(2, 3, new Random(2)))).Save(path);

        Should.Throw<InvalidDataException>(() => network.Load(path)).Message.ShouldBe($"'{path}' does not fit {network}: the file lacks 'b.weight' [1]. Nothing was loaded.");
        Should.Throw<ArgumentException>(() => network.Load(path, _ => "a.weight")).Message.ShouldStartWith("'a.weight' and 'a.bias' of the file are both renamed to 'a.weight'.");
        Numbers(network).ShouldBe(before);
    }

    [Test]
    public void Load_NumberThatHasNoValue_LeavesTheNetwork()
    {
        using var folder = new TemporaryFolder();
        string path = folder["large.safetensors"];
        var network = new Sequential<float>(new PReLU<float>(), new PReLU<float>());
        float[][] before = Numbers(network);
        var large = new Sequential<double>(new PReLU<double>(1, 0.5), new PReLU<double>(1, 1e300));
        large.Save(path);

        Should.Throw<InvalidDataException>(() => network.Load(path));
        Numbers(network).ShouldBe(before);
        Should.Throw<InvalidDataException>(() => network.LoadPartial(path));
        Numbers(network).ShouldBe(before);
        using SafeTensorsFile file = SafeTensorsFile.Open(path);
        Should.Throw<InvalidDataException>(() => file.ReadNetwork(network));
        Numbers(network).ShouldBe(before);
    }

    [Test]
    public void LoadPartial_SomeFit_LoadsThoseAndListsTheOthers()
    {
        using var folder = new TemporaryFolder();
        string path = folder["part.safetensors"];
        var given = new Sequential<float>(("a", new Linear<float>(2, 3, new Random(2))), ("c", new PReLU<float>(1, 0.5)));
        given.Save(path);
        var network = new Sequential<float>(("a", new Linear<float>(2, 3, new Random(1))), ("b", new Linear<float>(3, 1, new Random(1))));

        PartialLoad load = network.LoadPartial(path, name => name == "c.weight" ? "b.bias" : name);

        Numbers(network)[0].ShouldBe(Numbers(given)[0]);
        network.Parameters[^1].Parameter.Value[0, 0].ShouldBe(0.5f);
        load.Loaded.ShouldBe(["a.weight", "a.bias", "b.bias"]);
        load.Missing.ShouldBe(["'b.weight' [1, 3]"]);
        load.Unexpected.ShouldBeEmpty();
        load.Different.ShouldBeEmpty();
        network.LoadPartial(path).Unexpected.ShouldBe(["'c.weight' [1]"]);
        new Sequential<float>(("a", new Linear<float>(2, 4, new Random(1)))).LoadPartial(path).Different.ShouldBe(
            ["'a.weight' is [3, 2] in the file, [4, 2] in the network", "'a.bias' is [3] in the file, [4] in the network"]);
    }

    [Test]
    public void Save_SettingThatIsNoNumberTextOrTruth_Throws() =>
        Should.Throw<ArgumentException>(() => NetworkFileTests.Saved(new StrangeLayer())).Message.ShouldContain("The setting 'when' of StrangeLayer");

    [Test]
    public void Add_NothingToAdd_Throws()
    {
        var kinds = new GateKinds<float>();

        Should.Throw<ArgumentException>(() => kinds.Add(" ", _ => new ReLU<float>())).ParamName.ShouldBe("kind");
        Should.Throw<ArgumentNullException>(() => kinds.Add("Mine", null!)).ParamName.ShouldBe("build");
        Should.Throw<ArgumentNullException>(() => ((Gate<float>)null!).Save(new MemoryStream())).ParamName.ShouldBe("network");
        Should.Throw<ArgumentNullException>(() => ((SafeTensorsWriter)null!).AddNetwork(new ReLU<float>())).ParamName.ShouldBe("writer");
        Should.Throw<ArgumentNullException>(() => ((SafeTensorsFile)null!).CheckNetwork(new ReLU<float>())).ParamName.ShouldBe("file");
        Should.Throw<InvalidDataException>(() => NetworkFile.Open<float>(File(Description(new ReLU<float>())), "test").Text("words"))
            .Message.ShouldBe("Beside the network there is no text 'words'; there is none.");
    }

    private static string Opening(byte[] file) => Should.Throw<InvalidDataException>(() => NetworkFile.Open<float>(file, "test")).Message;

    private static string Description(Gate<float> gate)
    {
        using SafeTensorsFile file = SafeTensorsFile.Parse(NetworkFileTests.Saved(gate), "test");
        return file.Metadata[NetworkName];
    }

    private static byte[] File(string description, Gate<float>? tensors = null, string? version = "1", string? labels = null)
    {
        var writer = new SafeTensorsWriter();
        writer.AddMetadata(NetworkName, description);
        if (version is not null)
        {
            writer.AddMetadata("neuralnet.version", version);
        }

        if (labels is not null)
        {
            writer.AddMetadata("neuralnet.labels", labels);
        }

        if (tensors is not null)
        {
            writer.AddNetwork(tensors);
        }

        using var stream = new MemoryStream();
        writer.Write(stream);
        return stream.ToArray();
    }

    private static float[][] Numbers(Gate<float> network) => [.. network.Parameters.Select(named => named.Parameter.Value.AsSpan().ToArray())];

    private sealed class StrangeLayer : Layer<float>
    {
        public override GateDescription Description => new(Kind, ("when", DateTime.UnixEpoch));

        protected override Matrix<float> ForwardCore(Matrix<float> input, Cache<float> cache) => input;

        protected override Matrix<float>? BackwardCore(Matrix<float> upstream, Matrix<float> input, Matrix<float> output, bool isInputWanted, Cache<float> cache) => upstream;
    }
}
