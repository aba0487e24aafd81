using System.Text.Json;

namespace NeuralNet.Training.Data.Text;

/// <summary>Numbers for words, as an embedding takes them: 0 for every word that is not known, 1 for no word at all, and one for each word from 2 on.</summary>
/// <remarks>It is to be made of the sentences to train with alone. <see cref="ToJson"/> is what is saved beside a network. Immutable; safe to use from several threads.</remarks>
public sealed class Vocabulary
{
    /// <summary>The number of every word that is not known.</summary>
    public const int Unknown = 0;

    /// <summary>The number that stands where there is no word, before and after a sentence.</summary>
    public const int Padding = 1;

    private const int First = 2;

    private readonly Dictionary<string, int> _numbers;

    /// <summary>A vocabulary of given words.</summary>
    /// <param name="words">The words in the order of their numbers, each once; the first one has number 2.</param>
    /// <param name="ignoresCase">Whether words that differ in case are one; by default not.</param>
    /// <exception cref="ArgumentException">A word is empty or stands there twice.</exception>
    public Vocabulary(IEnumerable<string> words, bool ignoresCase = false)
    {
        ArgumentNullException.ThrowIfNull(words);
        Words = [.. words];
        IgnoresCase = ignoresCase;
        _numbers = new Dictionary<string, int>(Words.Count, Comparer(ignoresCase));
        for (int i = 0; i < Words.Count; i++)
        {
            if (string.IsNullOrEmpty(Words[i]) || !_numbers.TryAdd(Words[i], First + i))
            {
                throw new ArgumentException(
                    string.IsNullOrEmpty(Words[i]) ? $"Word {i} is empty." : $"Word {i}, '{Words[i]}', is there already, as word {_numbers[Words[i]] - First}.", nameof(words));
            }
        }
    }

    /// <summary>The words, in the order of their numbers from 2 on.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>Whether words that differ in case are one.</summary>
    public bool IgnoresCase { get; }

    /// <summary>How many numbers there are: the words, and the two that are none. An embedding needs as many rows.</summary>
    public int Count => Words.Count + First;

    /// <summary>The number of a word, <see cref="Unknown"/> where it is none of the vocabulary.</summary>
    /// <param name="word">The word.</param>
    public int this[string word] => _numbers.GetValueOrDefault(word, Unknown);

    /// <summary>A vocabulary of the words of sentences, the most frequent first; of equally frequent ones, by their characters.</summary>
    /// <param name="sentences">The sentences to train with.</param>
    /// <param name="minimumCount">How often a word must occur to be known, 1 or more. With 2 (the default 1 knows all), the words that occur once teach what an
    /// unknown word is like.</param>
    /// <param name="ignoresCase">Whether words that differ in case are one, written in lower case; by default not.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="minimumCount"/> is below 1.</exception>
    public static Vocabulary Of(IEnumerable<TaggedSentence> sentences, int minimumCount = 1, bool ignoresCase = false)
    {
        ArgumentNullException.ThrowIfNull(sentences);
        return Of(sentences.SelectMany(sentence => sentence.Tokens), minimumCount, ignoresCase);
    }

    /// <summary>A vocabulary of words, the most frequent first; of equally frequent ones, by their characters.</summary>
    /// <param name="words">The words, each as often as it occurs.</param>
    /// <param name="minimumCount">How often a word must occur to be known, 1 (the default) or more.</param>
    /// <param name="ignoresCase">Whether words that differ in case are one, written in lower case; by default not.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="minimumCount"/> is below 1.</exception>
    public static Vocabulary Of(IEnumerable<string> words, int minimumCount = 1, bool ignoresCase = false)
    {
        ArgumentNullException.ThrowIfNull(words);
        ArgumentOutOfRangeException.ThrowIfLessThan(minimumCount, 1);
        IEnumerable<string> known = words
            .GroupBy(word => word, Comparer(ignoresCase))
            .Select(group => (Word: ignoresCase ? group.Key.ToLowerInvariant() : group.Key, Count: group.Count()))
            .Where(entry => entry.Count >= minimumCount)
            .OrderByDescending(entry => entry.Count).ThenBy(entry => entry.Word, StringComparer.Ordinal)
            .Select(entry => entry.Word);
        return new Vocabulary(known, ignoresCase);
    }

    /// <summary>The vocabulary as JSON, to be saved beside a network.</summary>
    public string ToJson() => JsonSerializer.Serialize(new SavedVocabulary([.. Words], IgnoresCase), DataJson.Default.SavedVocabulary);

    /// <summary>The vocabulary that <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The JSON.</param>
    /// <exception cref="InvalidDataException">It is none, or one of which a word is empty or stands there twice.</exception>
    public static Vocabulary FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            SavedVocabulary saved = JsonSerializer.Deserialize(json, DataJson.Default.SavedVocabulary) ?? throw new JsonException("it is null.");
            return new Vocabulary(saved.Words, saved.IgnoresCase);
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            throw new InvalidDataException($"The vocabulary cannot be read: {exception.Message}", exception);
        }
    }

    private static StringComparer Comparer(bool ignoresCase) => ignoresCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;
}
