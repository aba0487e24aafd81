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
        where T : unmanaged, IFloatingPointIeee754<T> => Of<T>(sentences, [TokenFeature.Of(vocabulary)], window, classes);

    /// <summary>A sample for each token: several numbers of each of the tokens around it, such as the word and how it is written.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="sentences">The sentences, one or more.</param>
    /// <param name="features">F, what is told of a token, one or more, each with a name of its own.</param>
    /// <param name="window">K, tokens of a sample with the one in question in the middle: an odd number, 1 or more.</param>
    /// <param name="classes">The tags in the order of their numbers: those of the data set to train with. Null, the default, for all tags there are, sorted by
    /// their characters.</param>
    /// <returns>Samples of F·K numbers with one label each, in the order of the text, and with names. The K numbers of the first feature come first, then those
    /// of the second, and so on, so that each feature's columns stand side by side for an embedding of its own.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="window"/> is even or below 1.</exception>
    /// <exception cref="ArgumentException">There are no sentences or features, a name is there twice, a tag is none of <paramref name="classes"/>, a feature gives a
    /// number that it does not have, the values are more than an array holds, or the numbers of a feature more than T counts.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public static DataSet<T> Of<T>(
        IReadOnlyList<TaggedSentence> sentences, IReadOnlyList<TokenFeature> features, int window, IReadOnlyList<string>? classes = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(sentences);
        ArgumentNullException.ThrowIfNull(features);
        if (window < 1 || window % 2 == 0)
        {
            throw new ArgumentOutOfRangeException(nameof(window), window, $"A window has its token in the middle: an odd number of words, 1 or more, got {window}.");
        }

        RequireCountable<T>(features);
        long tokens = sentences.Sum(sentence => (long)sentence.Tokens.Count);
        if (tokens == 0 || tokens * window > Array.MaxLength / features.Count)
        {
            throw new ArgumentException(
                tokens == 0 ? "There are no sentences." : $"{tokens} tokens with {features.Count} · {window} numbers each are more than an array holds.", nameof(sentences));
        }

        classes ??= [.. sentences.SelectMany(sentence => sentence.Tags).Distinct().Order(StringComparer.Ordinal)];
        int columns = features.Count * window, half = window / 2;
        var samples = new T[tokens * columns];
        Fill(sentences, features, window, samples);
        return new DataSet<T>(samples, Labels(sentences, NameIndex.Of(classes, "classes", nameof(classes))), columns, classes.Count).WithNames(
            [.. features.SelectMany(feature => Enumerable.Range(-half, window).Select(offset => offset == 0 ? feature.Name : $"{feature.Name} {offset:+0;−0}"))], classes);
    }

    private static void RequireCountable<T>(IReadOnlyList<TokenFeature> features) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (features.Count == 0)
        {
            throw new ArgumentException("There are no features of tokens.", nameof(features));
        }

        if (features.FirstOrDefault(feature => T.CreateTruncating(feature.Count) == T.CreateTruncating(feature.Count - 1)) is { } large)
        {
            throw new ArgumentException($"{large.Count} numbers of feature '{large.Name}' are more than {typeof(T).Name} tells apart.", nameof(features));
        }

        NameIndex.Of([.. features.Select(feature => feature.Name)], "features", nameof(features));
    }

    private static void Fill<T>(IReadOnlyList<TaggedSentence> sentences, IReadOnlyList<TokenFeature> features, int window, Span<T> samples)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int half = window / 2;
        for (int s = 0; s < sentences.Count; s++)
        {
            int count = sentences[s].Tokens.Count;
            Span<T> own = samples[..(count * features.Count * window)];
            samples = samples[own.Length..];
            for (int f = 0; f < features.Count; f++)
            {
                int[] numbers = Numbers(sentences[s], features[f], s);
                for (int i = 0; i < count; i++)
                {
                    Span<T> columns = own.Slice(((i * features.Count) + f) * window, window);
                    for (int k = 0; k < window; k++)
                    {
                        int place = i + k - half;
                        columns[k] = T.CreateTruncating((uint)place < (uint)count ? numbers[place] : features[f].Padding);
                    }
                }
            }
        }
    }

    private static int[] Numbers(TaggedSentence sentence, TokenFeature feature, int s)
    {
        int[] numbers = [.. sentence.Tokens.Select(feature.Number)];
        int wrong = numbers.AsSpan().IndexOfAnyExceptInRange(0, feature.Count - 1);
        return wrong < 0
            ? numbers
            : throw new ArgumentException(
                $"Sentence {s}, token {wrong} ('{sentence.Tokens[wrong]}'): feature '{feature.Name}' gives {numbers[wrong]}; its numbers are 0 to {feature.Count - 1}.", nameof(feature));
    }

    private static int[] Labels(IReadOnlyList<TaggedSentence> sentences, Dictionary<string, int> classes) =>
        [.. sentences.SelectMany((sentence, s) => sentence.Tags.Select((tag, i) => classes.TryGetValue(tag, out int label)
            ? label
            : throw new ArgumentException(
                $"Sentence {s}, token {i} ('{sentence.Tokens[i]}'): tag '{tag}' is none of {string.Join(", ", classes.Keys)}.", nameof(sentences))))];
}
