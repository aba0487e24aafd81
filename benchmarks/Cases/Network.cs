namespace NeuralNet.Benchmarks.Cases;

/// <summary>A network of linear layers with one activation between them, its loss, its batch and its learning rate.</summary>
/// <param name="Element">The type of the numbers.</param>
/// <param name="Activation"><c>relu</c> or <c>sigmoid</c>.</param>
/// <param name="Loss"><c>ce</c> (softmax cross-entropy, mean over the batch) or <c>squares</c> (sum of squared errors).</param>
/// <param name="Batch">Samples in a batch.</param>
/// <param name="Sizes">Inputs, hidden sizes, outputs.</param>
/// <param name="Rate">Learning rate.</param>
internal sealed record Network(Element Element, string Activation, string Loss, int Batch, IReadOnlyList<int> Sizes, double Rate)
{
    /// <summary>The protocol's text: <c>float relu ce 128 784-256-128-10 0.001</c>.</summary>
    public string Arguments => $"{Element.Name()} {Activation} {Loss} {Batch} {string.Join('-', Sizes)} {Rate}";

    /// <summary>For readers: <c>784→256→128→10, batch 128</c>.</summary>
    public string Name => $"{string.Join('→', Sizes)}{(Activation == "sigmoid" ? " sigmoid" : "")}, batch {Batch}";

    /// <summary>Reads the protocol's text.</summary>
    public static Network Parse(string arguments) => Parse(arguments, out _);

    /// <summary>Reads the protocol's text and what follows it.</summary>
    public static Network Parse(string arguments, out string rest)
    {
        string[] words = arguments.Split(' ', 7);
        if (words.Length < 6)
        {
            throw new FormatException($"A network is 'element activation loss batch sizes rate', got '{arguments}'.");
        }

        rest = words.Length > 6 ? words[6] : "";
        return new Network(
            Enum.Parse<Element>(words[0], ignoreCase: true), words[1], words[2], int.Parse(words[3]),
            [.. words[4].Split('-').Select(int.Parse)], double.Parse(words[5]));
    }

    /// <summary>A forward pass: the weights and the batch are read once.</summary>
    public Load InferenceLoad() => LoadOf(ForwardOperations, weightPasses: 1);

    /// <summary>A training step on one batch: the weights are read forward, and read and written by the update.</summary>
    /// <remarks>Each layer has three products, but nobody wants the first layer's input gradient.</remarks>
    public Load StepLoad() => LoadOf((3 * ForwardOperations) - (2.0 * Batch * Sizes[0] * Sizes[1]), weightPasses: 3);

    /// <summary>A training step with Adam, whose two means are read and written besides.</summary>
    public Load AdamLoad() => LoadOf(StepLoad().Operations, weightPasses: 7);

    /// <summary>An epoch: as many samples as given, each seen by one training step.</summary>
    public Load EpochLoad(int samples)
    {
        Load step = StepLoad();
        double steps = (double)samples / Batch;
        return new Load(Element, step.Operations * steps, step.Traffic * steps, (double)samples * Sizes[0] * Element.Bytes());
    }

    private double Weights => Sizes.Zip(Sizes.Skip(1), (inputs, outputs) => (double)inputs * outputs).Sum();

    private double ForwardOperations => 2.0 * Batch * Weights;

    private Load LoadOf(double operations, int weightPasses)
    {
        double batch = (double)Batch * Sizes[0];
        return new Load(
            Element, operations, Element.Bytes() * (batch + (weightPasses * Weights)), Element.Bytes() * ((Batch * (double)Sizes.Sum()) + Weights));
    }
}
