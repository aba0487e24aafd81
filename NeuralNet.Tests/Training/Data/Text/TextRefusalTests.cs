using NeuralNet.Training.Data.Text;

namespace NeuralNet.Tests.Training.Data.Text;

/// <summary>Sentences, features and windows that are none: what is said of which argument.</summary>
internal sealed class TextRefusalTests
{
    private static readonly TaggedSentence[] Sentences = [new(["x", "y"], ["O", "O"])];

    [Test]
    public void Calls_ArgumentIsNull_NameIt()
    {
        Should.Throw<ArgumentNullException>(() => ConllFile.Read((TextReader)null!)).ParamName.ShouldBe("reader");
        Should.Throw<ArgumentNullException>(() => new TaggedSentence(null!, ["O"])).ParamName.ShouldBe("tokens");
        Should.Throw<ArgumentNullException>(() => new TaggedSentence(["x"], null!)).ParamName.ShouldBe("tags");
        Should.Throw<ArgumentNullException>(() => TokenFeature.Of(null!)).ParamName.ShouldBe("vocabulary");
        Should.Throw<ArgumentNullException>(() => WindowDataSet.Of<float>(Sentences, (IReadOnlyList<TokenFeature>)null!, 1)).ParamName.ShouldBe("features");
        Should.Throw<ArgumentNullException>(() => WindowDataSet.Of<float>(null!, [], 1)).ParamName.ShouldBe("sentences");
    }

    [TestCase("x", 0)]
    [TestCase("y", 1)]
    public void Of_FeatureThatGivesANumberItHasNot_NamesItsToken(string word, int token) =>
        Should.Throw<ArgumentException>(() => WindowDataSet.Of<float>(Sentences, [new TokenFeature("f", 3, text => text == word ? 9 : 1, 0)], 1)).Message
            .ShouldBe($"Sentence 0, token {token} ('{word}'): feature 'f' gives 9; its numbers are 0 to 2. (Parameter 'feature')");
}
