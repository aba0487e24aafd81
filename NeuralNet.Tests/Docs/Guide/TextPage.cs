using NeuralNet.Core;
using NeuralNet.Layers;
using NeuralNet.Training.Data.Text;

namespace NeuralNet.Tests.Docs.Guide;

/// <summary>The rest of docs/guide/text.md.</summary>
internal sealed class TextPage
{
    [Test]
    public void Vocabulary_OfFrequentWords_IsSavedAsItsWords()
    {
        using var folder = new GuideFolder();
        IReadOnlyList<TaggedSentence> sentences = ConllFile.Read(folder.Sentences());
        string path = Path.Combine(folder.Path, "words.txt");
        #region vocabulary
        var vocabulary = Vocabulary.Of(sentences, minimumCount: 2, ignoresCase: true);
        File.WriteAllLines(path, vocabulary.Words);
        var again = new Vocabulary(File.ReadAllLines(path), ignoresCase: true);
        int known = again["Paris"], unknown = again["Atlantis"];                  // unknown words are 0
        #endregion

        again.Words.ShouldBe(vocabulary.Words);
        known.ShouldBe(vocabulary["paris"]);
        unknown.ShouldBe(Vocabulary.Unknown);
    }

    [Test]
    public void Embedding_OfGivenVectors_UsesThem()
    {
        var random = new Random(1);
        #region vectors
        var learned = new Embedding<float>(1000, 50, random, paddingIndex: Vocabulary.Padding);
        var given = new Embedding<float>(Matrices.FromRows<float>([0, 0], [0, 0], [0.1f, 0.7f]));     // rows: unknown, padding, the first word
        #endregion

        learned.Weight.Value.Row(Vocabulary.Padding).Sum().ShouldBe(0);
        given.Weight.Value[2, 1].ShouldBe(0.7f);
    }

    [Test]
    public void Entities_AsIob2_HaveOneForm()
    {
        #region tags
        var tags = EntityTags.ToIob2(["I-PER", "I-PER", "O", "I-LOC"]);           // B-PER I-PER O B-LOC
        #endregion

        tags.ShouldBe(["B-PER", "I-PER", "O", "B-LOC"]);
    }

    [Test]
    public void TagOfOtherSentences_ThatIsNew_IsRefused()
    {
        var sentence = new TaggedSentence(["Acme"], ["ORG"]);
        Quoted.ShouldBe(
            Should.Throw<ArgumentException>(() => WindowDataSet.Of<float>([sentence], Vocabulary.Of([sentence]), window: 1, ["LOC", "O", "PER"])),
            "docs/guide/text.md", "tag");
    }

    [Test]
    public void LineOfTooFewColumns_IsRefused()
    {
        using var folder = new GuideFolder();
        string path = folder.Write("sentences.conll", "Anna PER", "lives");
        Quoted.ShouldBe(Should.Throw<InvalidDataException>(() => ConllFile.Read(path)), "docs/guide/text.md", "columns", folder.Path);
    }
}
