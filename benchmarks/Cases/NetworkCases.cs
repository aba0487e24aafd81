namespace NeuralNet.Benchmarks.Cases;

/// <summary>The networks that are trained and asked: from one that is all overhead to one that is all arithmetic.</summary>
internal static class NetworkCases
{
    private const double Rate = 1e-3;
    private static readonly int[] Batches = [1, 1024];

    /// <summary>Eight networks, small to large.</summary>
    public static IReadOnlyList<Network> Eight { get; } =
    [
        new(Element.Float, "relu", "squares", 4, [2, 8, 1], Rate),
        new(Element.Float, "relu", "ce", 300, [2, 100, 3], Rate),
        new(Element.Float, "sigmoid", "ce", 64, [1000, 100, 10], Rate),
        new(Element.Float, "relu", "ce", 1, [784, 256, 10], Rate),
        new(Element.Float, "relu", "ce", 32, [784, 128, 10], Rate),
        new(Element.Float, "relu", "ce", 128, [784, 256, 128, 10], Rate),
        new(Element.Float, "relu", "ce", 256, [784, 1024, 1024, 10], Rate),
        new(Element.Float, "relu", "ce", 512, [1024, 4096, 1024], Rate),
    ];

    /// <summary>Training steps of the eight networks, of one with Adam, and of the lecture's two-layer program without biases.</summary>
    public static IEnumerable<Case> Steps() =>
    [
        .. Eight.Select(network => new Case(network.Name, "step", network.Arguments, Unit.Microseconds, network.StepLoad())),
        Adam(new(Element.Float, "relu", "ce", 128, [784, 256, 128, 10], Rate)),
        .. Enum.GetValues<Element>().Reverse().Select(Lecture),
    ];

    /// <summary>Inference for one sample and for many.</summary>
    public static IEnumerable<Case> Inferences() =>
        from batch in Batches
        let network = new Network(Element.Float, "relu", "ce", batch, [784, 256, 10], 0)
        select new Case(network.Name, "infer", network.Arguments, Unit.Microseconds, network.InferenceLoad());

    /// <summary>One epoch of MNIST.</summary>
    /// <param name="data">The folder with the four files.</param>
    public static Case Epoch(string data)
    {
        var network = new Network(Element.Float, "relu", "ce", 128, [784, 256, 128, 10], 0.1);
        return new Case($"MNIST {network.Name}", "epoch", $"{network.Arguments} {data}", Unit.Seconds, network.EpochLoad(samples: 60_000));
    }

    private static Case Adam(Network network) => new($"{network.Name}, Adam", "adam", network.Arguments, Unit.Microseconds, network.AdamLoad());

    private static Case Lecture(Element element)
    {
        var network = new Network(element, "sigmoid", "squares", 64, [1000, 100, 10], 1e-4);
        return new Case($"lecture {element.Name()} {network.Name}", "lecture", network.Arguments, Unit.Microseconds, network.StepLoad());
    }
}
