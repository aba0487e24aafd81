using System.Numerics;
using NeuralNet.Core;
using NeuralNet.Core.Files;
using NeuralNet.Core.Functions;
using NeuralNet.Core.Gates;
using NeuralNet.Core.Graphs;
using NeuralNet.Core.Randomness;
using NeuralNet.Examples.OwnLayer;
using NeuralNet.Layers;
using NeuralNet.Layers.Saving;
using NeuralNet.Tests.Core.Gates;
using NeuralNet.Tests.Support;

namespace NeuralNet.Tests.Layers.Saving;

/// <summary>Networks in files: what is saved comes back, to the bit, and what does not fit is refused by name.</summary>
internal sealed class NetworkFileTests
{
    private static readonly string[] s_gates = [.. GateCatalogue.All<double>().Select(entry => entry.Name)];

    [TestCaseSource(nameof(s_gates))]
    public void Open_GateOfTheCatalogues_HasTheSameBits(string name)
    {
        ComesBack(GateCatalogue.Get<float>(name));
        ComesBack(GateCatalogue.Get<double>(name));
    }

    private static void ComesBack<T>(GateEntry<T> entry) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Gate<T> gate = entry.Gate, opened = Reopened(gate);

        opened.ToString().ShouldBe(gate.ToString());
        opened.GetType().ShouldBe(gate.GetType());
        opened.Parameters.Select(named => named.Name).ShouldBe(gate.Parameters.Select(named => named.Name));
        opened.States.Select(named => named.Name).ShouldBe(gate.States.Select(named => named.Name));
        Matrix<T>[] inputs = entry.Inputs(5);
        foreach (bool training in new[] { false, true })
        {
            // Dropout draws the same, since its generator has come along.
            SameBits.Hold(opened.Forward(inputs, new Cache<T>(training)), gate.Forward(inputs, new Cache<T>(training)));
        }
    }

    [Test]
    public void Open_RandomNetworks_HaveTheSameBits([Range(0, 99)] int seed)
    {
        HasTheSameBits<float>(seed);
        HasTheSameBits<double>(seed);

        static void HasTheSameBits<T>(int seed) where T : unmanaged, IFloatingPointIeee754<T>
        {
            (Layer<T> network, Matrix<T> x) = RandomNetworks.Of<T>(seed);
            SameBits.Hold(((Layer<T>)Reopened(network)).Forward(x), network.Forward(x));
        }
    }

    [Test]
    public void Open_GraphAsALayer_HasItsGatesParametersAndConstants()
    {
        var graph = new Graph<double>();
        Node<double> x = graph.Variable("x", Some.Matrix<double>(2, 3, 1));
        Node<double> w = graph.Parameter("w", new Parameter<double>(Some.Matrix<double>(3, 4, 2)));
        Node<double> mask = graph.Constant(Some.Matrix<double>(2, 4, 3), "mask");
        var linear = new Linear<double>(4, 4, new Random(1));
        Node<double> h = graph.Apply(linear, GraphFunctions.MatrixMultiply(x, w));
        var layer = new GraphLayer<double>(x, graph.Apply(linear, (2.5 * h) + mask));

        var opened = (GraphLayer<double>)Reopened(layer);

        opened.Parameters.Select(named => named.Name).ShouldBe(layer.Parameters.Select(named => named.Name));
        SameBits.Hold(opened.Forward(x.Matrix), layer.Forward(x.Matrix));
        opened.Children.Count(child => child.Gate is Linear<double>).ShouldBe(2);
        opened.Children.Where(child => child.Gate is Linear<double>).Select(child => child.Gate).Distinct().Count().ShouldBe(1);
    }

    [Test]
    public void Open_GraphAsAGateOfNumbers_ComputesTheSame()
    {
        var graph = new Graph<double>();
        (Node<double> x, Node<double> y) = (graph.Variable("x", -2), graph.Variable("y of the two", 5));
        var gate = new GraphGate<double>([y, x], (x + y) * graph.Constant(1.0 / 3));

        Gate<double> opened = Reopened(gate);

        Matrix<double>[] inputs = [Matrix<double>.Build.Dense(1, 1, 0.1), Matrix<double>.Build.Dense(1, 1, 0.7)];
        SameBits.Hold(opened.Forward(inputs, new Cache<double>()), gate.Forward(inputs, new Cache<double>()));
        opened.ToString().ShouldBe(gate.ToString());
    }

    [Test]
    public void Open_LayersThatShareAGenerator_DrawInTurn()
    {
        var random = new Philox(7);
        var network = new Sequential<float>(new Dropout<float>(0.5, random), new Dropout<float>(0.25, random));
        Matrix<float> x = Some.Matrix<float>(8, 9, 1);

        Gate<float> opened = Reopened(network);

        opened.Generators.Count.ShouldBe(1);
        SameBits.Hold(opened.Forward([x], new Cache<float>()), network.Forward(x, new Cache<float>()));
    }

    [Test]
    public void Save_Linear_HasPyTorchsNamesAndOrder()
    {
        var network = new Sequential<float>(new Linear<float>(Matrices.FromRows<float>([1, 2], [3, 4], [5, 6]), Matrices.FromRows<float>([7, 8])), new ReLU<float>());

        using SafeTensorsFile file = SafeTensorsFile.Parse(Saved(network), "test");

        file.Tensors.Select(tensor => tensor.ToString()).ShouldBe(["0.bias: Float32 [2]", "0.weight: Float32 [2, 3]"]);
        var weight = new float[6];
        file.Read<float>("0.weight", weight);
        // A row for each output.
        weight.ShouldBe([1, 3, 5, 2, 4, 6]);
    }

    [Test]
    public void Save_WithLabelsAndTexts_KeepsThem()
    {
        using var stream = new MemoryStream();
        new ReLU<float>().Save(stream, ["no \"one\"", "zwölf"], new Dictionary<string, string> { ["source"] = "drawn by hand" });

        SavedNetwork<float> saved = NetworkFile.Open<float>(stream.ToArray(), "test");

        saved.Labels.ShouldBe(["no \"one\"", "zwölf"]);
        saved.Texts.Keys.ShouldBe(["source"]);
        saved.Text("source").ShouldBe("drawn by hand");
        Should.Throw<InvalidDataException>(() => saved.Text("vocabulary")).Message.ShouldBe("Beside the network there is no text 'vocabulary'; there are: source.");
    }

    [Test]
    public void Save_TextWithANameOfOurs_Throws() =>
        Should.Throw<ArgumentException>(() => new ReLU<float>().Save(new MemoryStream(), texts: new Dictionary<string, string> { ["neuralnet.x"] = "" }))
            .Message.ShouldStartWith("Names that begin with 'neuralnet.' are the library's own, got 'neuralnet.x'.");

    [Test]
    public void Open_AnotherPrecision_Rounds()
    {
        var network = new Linear<double>(3, 2, new Random(1));

        var opened = (Linear<float>)NetworkFile.Open<float>(Saved(network), "test").Network;

        opened.Weight.Value.AsSpan().ToArray().ShouldBe(network.Weight.Value.AsSpan().ToArray().Select(value => (float)value));
    }

    [Test]
    public void Open_LayerOfOnesOwn_NeedsItsKind()
    {
        byte[] file = Saved(new Sequential<float>(new Affine<float>(3, 2, new Random(1))));
        var kinds = new GateKinds<float>();
        kinds.Add("Affine", saved => new Affine<float>(saved.Size("inputs"), saved.Size("outputs"), new Random(0)));

        Should.Throw<InvalidDataException>(() => NetworkFile.Open<float>(file, "own")).Message.ShouldBe(
            "'own': Affine at '0' is of a kind that is not known here. A gate of one's own is made known by GateKinds.Add; one that is a formula in the program that made it cannot be " +
            "read back.");
        NetworkFile.Open(file, "own", kinds).Network.Parameters.Count.ShouldBe(2);
        Should.Throw<ArgumentException>(() => kinds.Add("Affine", _ => new ReLU<float>())).Message.ShouldStartWith("The kind 'Affine' is there already.");
    }

    [Test]
    public void Network_OfAGateWithTwoInputs_Throws() =>
        Should.Throw<InvalidOperationException>(() => NetworkFile.Open<float>(Saved(new AddGate<float>()), "two").Network)
            .Message.ShouldBe("add is no layer, since it has not one input: use Gate.");

    [Test]
    public void Open_TensorsAlone_SaysWhatToDo()
    {
        var writer = new SafeTensorsWriter();
        writer.AddNetwork(new Linear<float>(3, 2, new Random(1)));
        using var stream = new MemoryStream();
        writer.Write(stream);

        Should.Throw<InvalidDataException>(() => NetworkFile.Open<float>(stream.ToArray(), "bare")).Message.ShouldBe(
            "'bare' holds tensors but does not say of what network. Build the network and load them into it: network.Load.");
    }

    internal static byte[] Saved<T>(Gate<T> gate) where T : unmanaged, IFloatingPointIeee754<T>
    {
        using var stream = new MemoryStream();
        gate.Save(stream);
        return stream.ToArray();
    }

    private static Gate<T> Reopened<T>(Gate<T> gate) where T : unmanaged, IFloatingPointIeee754<T>
    {
        // The layers of the examples and tests are somebody's own.
        var kinds = new GateKinds<T>();
        kinds.Add("Affine", saved => new Affine<T>(saved.Size("inputs"), saved.Size("outputs"), new Random(0)));
        kinds.Add("HalvingLayer", _ => new HalvingLayer<T>());
        return NetworkFile.Open(Saved(gate), "test", kinds).Gate;
    }
}
