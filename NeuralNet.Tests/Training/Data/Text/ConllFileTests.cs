using NeuralNet.Training.Data.Text;

namespace NeuralNet.Tests.Training.Data.Text;

internal sealed class ConllFileTests
{
    [TestCase("EU B-ORG\nrejects O\n\nPeter B-PER\n")]
    [TestCase("-DOCSTART- O\n\nEU B-ORG\nrejects O\n\n\n\n-DOCSTART- O\nPeter B-PER")]
    [TestCase("EU\tB-ORG\r\nrejects \t O\r\n \t\r\nPeter B-PER\r\n")]
    [TestCase("\uFEFFEU B-ORG\nrejects O\n-DOCSTART- -X- O O\nPeter B-PER\n")]
    public void Read_Lines_AreSentences(string text)
    {
        using var folder = new IdxFolder();
        string path = folder.Write("text.conll", System.Text.Encoding.UTF8.GetBytes(text));
        IReadOnlyList<TaggedSentence> sentences = ConllFile.Read(path);
        sentences.Select(sentence => string.Join(' ', sentence.Tokens)).ShouldBe(["EU rejects", "Peter"]);
        sentences.Select(sentence => string.Join(' ', sentence.Tags)).ShouldBe(["B-ORG O", "B-PER"]);
    }

    [TestCase(0, -1, "EU", "I-ORG")]
    [TestCase(0, 1, "EU", "NNP")]
    [TestCase(-4, -2, "EU", "I-NP")]
    [TestCase(3, 0, "I-ORG", "EU")]
    public void Read_Columns_CanBeChosen(int token, int tag, string expectedToken, string expectedTag)
    {
        TaggedSentence sentence = ConllFile.Read(new StringReader("EU NNP I-NP I-ORG\n"), token, tag).ShouldHaveSingleItem();
        (sentence.Tokens[0], sentence.Tags[0]).ShouldBe((expectedToken, expectedTag));
    }

    [TestCase("", 0, -1, "The text has no sentences.")]
    [TestCase("\n\n-DOCSTART- O\n", 0, -1, "The text has no sentences.")]
    [TestCase("EU O\n\nPeter\n", 0, -1, "The text, line 3: 1 columns, but the first line has 2.")]
    [TestCase("EU O O\nPeter O\n", 0, -1, "The text, line 2: 2 columns, but the first line has 3.")]
    [TestCase("EU\n", 0, -1, "The text, line 1: token and tag are both column 0 of 1.")]
    [TestCase("EU O\n", 0, 2, "The text, line 1: 2 columns, and none of number 2, which is to be the tag.")]
    [TestCase("EU O\n", -3, 1, "The text, line 1: 2 columns, and none of number -3, which is to be the token.")]
    [TestCase("EU O\n", int.MinValue, 1, "The text, line 1: 2 columns, and none of number -2147483648")]
    public void Read_DamagedText_SaysWhere(string text, int token, int tag, string message) =>
        Should.Throw<InvalidDataException>(() => ConllFile.Read(new StringReader(text), token, tag)).Message.ShouldStartWith(message);

    [Test]
    public void Read_NotUtf8_IsRefused()
    {
        using var folder = new IdxFolder();
        string path = folder.Write("text", [.. "EU O\nM"u8, 0xFC, .. "nchen O\n"u8]);
        Should.Throw<InvalidDataException>(() => ConllFile.Read(path)).Message.ShouldEndWith("the text is not UTF-8.");
        Should.Throw<FileNotFoundException>(() => ConllFile.Read(Path.Combine(folder.Path, "none")));
        Should.Throw<InvalidDataException>(() => ConllFile.Read(folder.Path)).Message.ShouldContain("is a folder");
    }

    [Test]
    public void Sentence_WithoutATagForEachToken_IsRefused() =>
        Should.Throw<ArgumentException>(() => new TaggedSentence(["a", "b"], ["O"])).Message.ShouldStartWith("A sentence has one token or more and a tag for each; got 2 tokens and 1 tags.");

    // Two entities side by side: of the same kind, of two kinds, and after a gap (Tjong Kim Sang and De Meulder, 2003, section 2).
    [TestCase("O I-PER I-PER O I-PER", "O B-PER I-PER O B-PER")]
    [TestCase("I-PER B-PER I-PER", "B-PER B-PER I-PER")]
    [TestCase("I-PER I-LOC I-LOC", "B-PER B-LOC I-LOC")]
    [TestCase("B-PER I-PER O B-LOC B-LOC", "B-PER I-PER O B-LOC B-LOC")]
    [TestCase("B-PER I-LOC", "B-PER B-LOC")]
    public void ToIob2_EveryEntity_BeginsWithB(string tags, string expected) => string.Join(' ', EntityTags.ToIob2(tags.Split(' '))).ShouldBe(expected);

    [Test]
    public void Kinds_OfAnyScheme_AreWithoutThePlace() =>
        EntityTags.Kinds(["O", "B-PER", "E-PER", "S-LOC", "I-MISC-X"]).ShouldBe(["O", "PER", "PER", "LOC", "MISC-X"]);

    [TestCase("X-PER")]
    [TestCase("I-")]
    [TestCase("PER")]
    [TestCase("")]
    [TestCase("S-PER")]
    public void ToIob2_TagThatIsNone_IsNamed(string tag) =>
        Should.Throw<ArgumentException>(() => EntityTags.ToIob2(["O", tag])).Message.ShouldStartWith($"Tag 1 is '{tag}'; expected O, or B-, I- and a kind.");
}
