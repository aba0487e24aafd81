using System.Text;

namespace NeuralNet.Examples.CharacterModel;

/// <summary>A text as numbers: what is trained with, and every tenth block of it, which is held out.</summary>
internal sealed class Corpus
{
    private const int Block = 2_000, Parts = 10;
    private readonly int[] _training, _heldOut;

    private Corpus(string text)
    {
        Alphabet = new Alphabet(text);
        ILookup<bool, int[]> blocks = Alphabet.Encode(text).Chunk(Block).Select((block, i) => (Block: block, IsHeldOut: i % Parts == Parts - 1))
            .ToLookup(part => part.IsHeldOut, part => part.Block);
        (_training, _heldOut) = ([.. blocks[false].SelectMany(block => block)], [.. blocks[true].SelectMany(block => block)]);
    }

    /// <summary>Its characters.</summary>
    public Alphabet Alphabet { get; }

    /// <summary>Characters to train with.</summary>
    public int TrainingLength => _training.Length;

    /// <summary>Characters that are held out.</summary>
    public int HeldOutLength => _heldOut.Length;

    /// <summary>The text of a file, or the pages of the documentation.</summary>
    /// <param name="path">The file, in UTF-8; null for the pages.</param>
    /// <param name="steps">Characters of a sample, of which the held-out part must have more.</param>
    /// <exception cref="InvalidDataException">The file is not UTF-8, or too short.</exception>
    public static Corpus Load(string? path, int steps)
    {
        try
        {
            string text = path is null ? Pages() : File.ReadAllText(path, new UTF8Encoding(false, throwOnInvalidBytes: true));
            var corpus = new Corpus(text.ReplaceLineEndings("\n"));
            return corpus.HeldOutLength > steps ? corpus : throw new InvalidDataException(
                $"'{path}' has {text.Length} characters; every tenth block of {Block} is held out, and must be more than the {steps} of a sample: at least {((Parts - 1) * Block) + steps + 1} are needed.");
        }
        catch (DecoderFallbackException error)
        {
            throw new InvalidDataException($"'{path}' is not text in UTF-8: {error.Message}", error);
        }
    }

    /// <summary>Pieces of the training text from random places: inputs, and as labels what comes one character later.</summary>
    /// <param name="random">Draws the places.</param>
    /// <param name="inputs">Receives the samples, <c>[N×T]</c>.</param>
    /// <param name="labels">Receives the N·T labels, that of step t of sample i at i + t·N.</param>
    public void Draw(Random random, Matrix<float> inputs, Span<int> labels)
    {
        for (int i = 0; i < inputs.RowCount; i++)
        {
            Copy(_training, random.Next(_training.Length - inputs.ColumnCount), i, inputs, labels);
        }
    }

    /// <summary>The held-out text in pieces of T, one after the other, as many as there are whole ones, N at a time.</summary>
    /// <param name="inputs">Receives the samples, <c>[N×T]</c>.</param>
    /// <param name="labels">Receives the labels, as <see cref="Draw"/> does.</param>
    /// <returns>A call for each full batch.</returns>
    public IEnumerable<int> HeldOut(Matrix<float> inputs, int[] labels)
    {
        int pieces = (_heldOut.Length - 1) / inputs.ColumnCount;
        int batches = Math.Max(1, pieces / inputs.RowCount);
        for (int batch = 0; batch < batches; batch++)
        {
            for (int i = 0; i < inputs.RowCount; i++)
            {
                // A text with fewer pieces than samples has some of them twice.
                Copy(_heldOut, ((batch * inputs.RowCount) + i) % pieces * inputs.ColumnCount, i, inputs, labels);
            }

            yield return batch;
        }
    }

    private static void Copy(int[] text, int start, int sample, Matrix<float> inputs, Span<int> labels)
    {
        for (int t = 0; t < inputs.ColumnCount; t++)
        {
            inputs[sample, t] = text[start + t];
            labels[sample + (t * inputs.RowCount)] = text[start + t + 1];
        }
    }

    private static string Pages()
    {
        var text = new StringBuilder();
        foreach (string name in typeof(Corpus).Assembly.GetManifestResourceNames().Order(StringComparer.Ordinal))
        {
            using Stream page = typeof(Corpus).Assembly.GetManifestResourceStream(name)!;
            using var reader = new StreamReader(page);
            text.Append(reader.ReadToEnd()).Append('\n');
        }

        return text.ToString();
    }
}
