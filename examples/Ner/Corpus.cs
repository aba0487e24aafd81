using NeuralNet.Training.Data;
using NeuralNet.Training.Data.Text;

namespace NeuralNet.Examples.Ner;

/// <summary>Sentences with the kinds of their entities, shuffled, four of five to train with and the others to test, and both as windows of words.</summary>
internal sealed class Corpus
{
    /// <summary>The tag of a token that is part of no entity.</summary>
    public const string Outside = "O";

    /// <summary>The tag of a token that is part of a location.</summary>
    public const string Location = "LOC";

    /// <summary>Tokens in a window: two before the one in question, and two after.</summary>
    public const int Window = 5;

    private readonly TaggedSentence[] _train;

    /// <summary>Shares out the sentences, and makes the vocabulary of those to train with.</summary>
    public Corpus(IReadOnlyList<TaggedSentence> sentences, int seed)
    {
        TaggedSentence[] all = [.. sentences];
        new Random(seed).Shuffle(all);
        int trainCount = all.Length * 4 / 5;
        (_train, Test) = (all[..trainCount], all[trainCount..]);
        if (trainCount == 0 || !_train.SelectMany(sentence => sentence.Tags).Contains(Location))
        {
            throw new InvalidDataException(
                $"There is nothing to learn from: {all.Length} sentences, {trainCount} of them to train with, and of these none with a token tagged {Location}.");
        }

        // A word that occurs once is not known, so that the network learns what a word may be that it does not know.
        Words = TokenFeature.Of(Vocabulary.Of(_train, minimumCount: 2, ignoresCase: true));
        string[] tags = [.. all.SelectMany(sentence => sentence.Tags).Distinct().Order(StringComparer.Ordinal)];
        (TrainSet, TestSet) = (Windows(_train, tags), Windows(Test, tags));
    }

    /// <summary>Which word a token is.</summary>
    public TokenFeature Words { get; }

    /// <summary>The sentences to test with.</summary>
    public TaggedSentence[] Test { get; }

    /// <summary>The tokens to train with: five words and five spellings each, with the tag as label, and 1 or 0 as target for part of a location or not.</summary>
    public DataSet<float> TrainSet { get; }

    /// <summary>The tokens to test with, in the order of <see cref="Test"/>.</summary>
    public DataSet<float> TestSet { get; }

    /// <summary>Names of the tags in the order of their numbers.</summary>
    public IReadOnlyList<string> Tags => TrainSet.ClassNames;

    /// <summary>Numbers of the tags of entities: all but that of <see cref="Outside"/>.</summary>
    public int[] Entities => [.. Enumerable.Range(0, Tags.Count).Where(tag => Tags[tag] != Outside)];

    /// <summary>Reads a file of the CoNLL form, of whose tags the kinds are kept: <c>LOC</c> of <c>B-LOC</c> and <c>I-LOC</c>.</summary>
    public static IReadOnlyList<TaggedSentence> Read(string path)
    {
        IReadOnlyList<TaggedSentence> sentences = ConllFile.Read(path);
        return [.. sentences.Select((sentence, i) => new TaggedSentence(sentence.Tokens, Kinds(sentence, i)))];

        IReadOnlyList<string> Kinds(TaggedSentence sentence, int index)
        {
            try
            {
                return EntityTags.Kinds(sentence.Tags);
            }
            catch (ArgumentException error)
            {
                throw new InvalidDataException($"'{path}', sentence {index + 1} ('{string.Join(' ', sentence.Tokens.Take(5))} …'): {error.Message}", error);
            }
        }
    }

    /// <summary>What data there is, in a line.</summary>
    public override string ToString() =>
        $"{_train.Length} sentences of {TrainSet.Count} tokens to train with, {Test.Length} of {TestSet.Count} to test; {Words.Count} words; tags {string.Join(", ", Tags)}";

    private DataSet<float> Windows(TaggedSentence[] sentences, string[] tags)
    {
        DataSet<float> windows = WindowDataSet.Of<float>(sentences, [Words, Spellings.Feature], Window, tags);
        int location = Array.IndexOf(tags, Location);
        return windows.WithTargets([.. windows.Labels.ToArray().Select(label => label == location ? 1f : 0f)], outputs: 1);
    }
}
