using System.Numerics;

namespace NeuralNet.Training.Data.Text;

/// <summary>Makes samples of tokens: each token with its neighbours is to give its tag.</summary>
public static class WindowDataSet
{
    /// <summary>A sample for each token: the numbers of the words around it, with <see cref="Vocabulary.Padding"/> beyond the ends of its sentence.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="sentences">The sentences, one or more.</param>
    /// <param name="vocabulary">The numbers of words, from the sentences to train with.</param>
    /// <param name="window">K, words of a sample with the token in the middle: an odd number, 1 or more.</param>
    /// <param name="classes">The tags in the order of their numbers: those of the data set to train with. Null, the default, for all tags there are, sorted by
    /// their characters.</param>
    /// <returns>Samples of K numbers with one label each, in the order of the text, and with names.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="window"/> is even or below 1.</exception>
    /// <exception cref="ArgumentException">There are no sentences, a tag is none of <paramref name="classes"/>, the values are more than an array holds, or the
    /// numbers of words more than T counts.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    /// <example>
    /// <code>
    /// var vocabulary = Vocabulary.Of(train, minimumCount: 2, ignoresCase: true);
    /// var trainSet = WindowDataSet.Of&lt;float&gt;(train, vocabulary, window: 5);
    /// var testSet = WindowDataSet.Of&lt;float&gt;(test, vocabulary, window: 5, trainSet.ClassNames);
    /// </code>
    /// </example>
    public static DataSet<T> Of<T>(
        IReadOnlyList<TaggedSentence> sentences, Vocabulary vocabulary, int window, IReadOnlyList<string>? classes = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(sentences);
        ArgumentNullException.ThrowIfNull(vocabulary);
        if (window < 1 || window % 2 == 0)
        {
            throw new ArgumentOutOfRangeException(nameof(window), window, $"A window has its token in the middle: an odd number of words, 1 or more, got {window}.");
        }

        long tokens = sentences.Sum(sentence => (long)sentence.Tokens.Count);
        if (tokens == 0 || tokens * window > Array.MaxLength)
        {
            throw new ArgumentException(
                tokens == 0 ? "There are no sentences." : $"{tokens} tokens with {window} words each are more than an array holds.", nameof(sentences));
        }

        if (T.CreateTruncating(vocabulary.Count) == T.CreateTruncating(vocabulary.Count - 1))
        {
            throw new ArgumentException($"{vocabulary.Count} numbers of words are more than {typeof(T).Name} tells apart.", nameof(vocabulary));
        }

        classes ??= [.. sentences.SelectMany(sentence => sentence.Tags).Distinct().Order(StringComparer.Ordinal)];
        var samples = new T[tokens * window];
        var labels = new int[tokens];
        Fill(sentences, vocabulary, window, NameIndex.Of(classes, "classes", nameof(classes)), samples, labels);
        int half = window / 2;
        return new DataSet<T>(samples, labels, window, classes.Count)
            .WithNames([.. Enumerable.Range(-half, window).Select(offset => offset == 0 ? "word" : $"word {offset:+0;−0}")], classes);
    }

    private static void Fill<T>(
        IReadOnlyList<TaggedSentence> sentences, Vocabulary vocabulary, int window, Dictionary<string, int> classes, T[] samples, int[] labels)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int sample = 0, half = window / 2;
        for (int s = 0; s < sentences.Count; s++)
        {
            TaggedSentence sentence = sentences[s];
            int[] words = [.. sentence.Tokens.Select(token => vocabulary[token])];
            for (int i = 0; i < words.Length; i++, sample++)
            {
                for (int k = 0; k < window; k++)
                {
                    int place = i + k - half;
                    samples[(sample * window) + k] = T.CreateTruncating((uint)place < (uint)words.Length ? words[place] : Vocabulary.Padding);
                }

                labels[sample] = classes.TryGetValue(sentence.Tags[i], out int label)
                    ? label
                    : throw new ArgumentException(
                        $"Sentence {s}, token {i} ('{sentence.Tokens[i]}'): tag '{sentence.Tags[i]}' is none of {string.Join(", ", classes.Keys)}.", nameof(sentences));
            }
        }
    }
}
