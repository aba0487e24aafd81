namespace NeuralNet.Benchmarks.Cases;

/// <summary>A recurrent layer and a linear one on each of its steps, trained by softmax cross-entropy at each.</summary>
/// <param name="Element">The type of the numbers.</param>
/// <param name="Cell"><c>rnn</c>, <c>gru</c> or <c>lstm</c>.</param>
/// <param name="Batch">Sequences in a batch.</param>
/// <param name="Steps">Steps of a sequence.</param>
/// <param name="Sizes">Inputs, entries of h, outputs.</param>
/// <param name="Rate">Learning rate.</param>
internal sealed record SequenceNetwork(Element Element, string Cell, int Batch, int Steps, IReadOnlyList<int> Sizes, double Rate)
{
    /// <summary>The protocol's text: <c>float lstm 64 32 32-128-32 0.001</c>.</summary>
    public string Arguments => $"{Element.Name()} {Cell} {Batch} {Steps} {string.Join('-', Sizes)} {Rate}";

    /// <summary>For readers: <c>LSTM 32→128→32, 32 steps, batch 64</c>.</summary>
    public string Name => $"{Cell.ToUpperInvariant()} {string.Join('→', Sizes)}, {Steps} steps, {(Batch == 1 ? "one sample" : $"batch {Batch}")}";

    /// <summary>Reads the protocol's text.</summary>
    public static SequenceNetwork Parse(string arguments) => arguments.Split(' ') is [var element, var cell, var batch, var steps, var sizes, var rate]
        ? new SequenceNetwork(
            Enum.Parse<Element>(element, ignoreCase: true), cell, int.Parse(batch), int.Parse(steps), [.. sizes.Split('-').Select(int.Parse)], double.Parse(rate))
        : throw new FormatException($"A recurrent network is 'element cell batch steps sizes rate', got '{arguments}'.");

    /// <summary>The three cells, trained on a batch and on one sample, and asked about one sample.</summary>
    public static IEnumerable<Case> All()
    {
        string[] cells = ["lstm", "gru", "rnn"];
        foreach (string cell in cells)
        {
            var network = new SequenceNetwork(Element.Float, cell, 64, 32, [32, 128, 32], 1e-3);
            SequenceNetwork one = network with { Batch = 1 };
            yield return new Case(network.Name, "sequence-step", network.Arguments, Unit.Microseconds, network.StepLoad());
            yield return new Case($"{one.Name}, trained", "sequence-step", one.Arguments, Unit.Microseconds, one.StepLoad());
            yield return new Case($"{one.Name}, asked", "sequence-infer", one.Arguments, Unit.Microseconds, one.InferenceLoad());
        }
    }

    private double Gates => Cell switch { "lstm" => 4, "gru" => 3, _ => 1 };

    private double InputWeights => Gates * Sizes[0] * Sizes[1];

    private double Weights => InputWeights + (Gates * Sizes[1] * Sizes[1]) + (Sizes[1] * (double)Sizes[2]);

    private Load InferenceLoad() => LoadOf(2.0 * Batch * Steps * Weights, weightPasses: 1);

    // Each weight has three products at each step, but nobody wants the gradient by the input.
    private Load StepLoad() => LoadOf(2.0 * Batch * Steps * ((3 * Weights) - InputWeights), weightPasses: 3);

    private Load LoadOf(double operations, int weightPasses)
    {
        double rows = (double)Batch * Steps;
        return new Load(
            Element, operations, Element.Bytes() * ((rows * Sizes[0]) + (weightPasses * Weights)), Element.Bytes() * ((rows * (Sizes.Sum() + ((Gates + 2) * Sizes[1]))) + Weights));
    }
}
