namespace NeuralNet.Benchmarks.Cases;

/// <summary>A decoder-only transformer over tokens: learned positions, norms first, GELU, four times the width as hidden layer.</summary>
/// <param name="Element">The type of the numbers.</param>
/// <param name="Vocabulary">Tokens that there are.</param>
/// <param name="Width">Channels of a step.</param>
/// <param name="Heads">Heads of each attention.</param>
/// <param name="Blocks">Blocks.</param>
/// <param name="Steps">Steps of a sequence, and the context.</param>
/// <param name="Batch">Sequences in a batch.</param>
internal sealed record TextModel(Element Element, int Vocabulary, int Width, int Heads, int Blocks, int Steps, int Batch)
{
    /// <summary>The protocol's text: <c>float 65 128 4 4 64 12</c>.</summary>
    public string Arguments => $"{Element.Name()} {Vocabulary} {Width} {Heads} {Blocks} {Steps} {Batch}";

    /// <summary>For readers.</summary>
    public string Name => $"GPT {Vocabulary} tokens, width {Width}, {Heads} heads, {Blocks} blocks, {Steps} steps, batch {Batch}";

    /// <summary>Reads the protocol's text.</summary>
    public static TextModel Parse(string arguments)
    {
        string[] words = arguments.Split(' ');
        if (words.Length != 7)
        {
            throw new FormatException($"A text model is 'element vocabulary width heads blocks steps batch', got '{arguments}'.");
        }

        int[] numbers = [.. words.Skip(1).Select(int.Parse)];
        return new TextModel(Enum.Parse<Element>(words[0], ignoreCase: true), numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5]);
    }

    /// <summary>A forward pass. A causal model needs half of the scores.</summary>
    public Load ForwardLoad() => LoadOf(1, weightPasses: 1);

    /// <summary>A training step with AdamW.</summary>
    public Load StepLoad() => LoadOf(3, weightPasses: 7);

    /// <summary>Each token by itself: the weights are read for every one.</summary>
    public Load TextLoad() => LoadOf(1, weightPasses: Steps);

    private Load LoadOf(double passes, int weightPasses)
    {
        double tokens = (double)Batch * Steps, weights = ((12.0 * Width * Width) * Blocks) + ((double)Width * Vocabulary);
        double operations = 2 * tokens * (weights + ((double)Blocks * Width * (Steps + 1)));
        return new Load(Element, passes * operations, Element.Bytes() * weights * weightPasses, Element.Bytes() * (weights + (tokens * Width * Blocks * 16)));
    }
}
