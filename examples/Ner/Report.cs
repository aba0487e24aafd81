using System.Globalization;
using NeuralNet.Training.Data.Text;
using NeuralNet.Training.Metrics;

namespace NeuralNet.Examples.Ner;

/// <summary>What is written about a trained network.</summary>
internal static class Report
{
    /// <summary>The line with precision, recall and F1.</summary>
    public static void WriteScores(string title, double precision, double recall, double f1) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{title,-9} precision {precision:F4}  recall {recall:F4}  F1 {f1:F4}"));

    /// <summary>Such a line for each kind of entity, and one for all together.</summary>
    public static void WriteScores(Corpus corpus, Precision<float> precision, Recall<float> recall, F1<float> f1)
    {
        foreach (int tag in corpus.Entities)
        {
            WriteScores(corpus.Tags[tag], precision.OfClass(tag), recall.OfClass(tag), f1.OfClass(tag));
        }

        WriteScores("micro", precision.Value, recall.Value, f1.Value);
    }

    /// <summary>The first sentences of the test that have entities, each token that is or was taken for one with its tag.</summary>
    /// <param name="corpus">The sentences.</param>
    /// <param name="predicted">The number of the tag of each test token.</param>
    /// <param name="count">How many to write.</param>
    public static void WriteSentences(Corpus corpus, int[] predicted, int count)
    {
        int token = 0;
        foreach (TaggedSentence sentence in corpus.Test)
        {
            int[] own = predicted[token..(token += sentence.Tokens.Count)];
            if (count > 0 && sentence.Tags.Any(tag => tag != Corpus.Outside))
            {
                Console.WriteLine($"  {string.Join(' ', sentence.Tokens.Select((word, i) => Mark(word, corpus.Tags[own[i]], sentence.Tags[i])))}");
                count--;
            }
        }
    }

    private static string Mark(string word, string predicted, string actual) =>
        predicted != actual ? $"{word}/{predicted}(is {actual})"
        : actual != Corpus.Outside ? $"{word}/{actual}"
        : word;
}
