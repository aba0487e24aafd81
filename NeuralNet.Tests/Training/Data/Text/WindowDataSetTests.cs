using NeuralNet.Training.Data;
using NeuralNet.Training.Data.Text;

namespace NeuralNet.Tests.Training.Data.Text;

internal sealed class WindowDataSetTests
{
    private static readonly TaggedSentence[] Sentences = [new(["a", "b", "a"], ["O", "PER", "O"]), new(["c"], ["LOC"])];

    [Test]
    public void Vocabulary_MostFrequentWords_ComeFirstThenByCharacters()
    {
        var vocabulary = Vocabulary.Of(["b", "c", "b", "a", "c", "b"]);
        vocabulary.Words.ShouldBe(["b", "c", "a"]);
        (vocabulary.Count, vocabulary["b"], vocabulary["c"], vocabulary["a"], vocabulary["z"]).ShouldBe((5, 2, 3, 4, Vocabulary.Unknown));
        Vocabulary.Of(["b", "c", "b", "a"], minimumCount: 2).Words.ShouldBe(["b"]);
        Vocabulary.Of(["b", "a"]).Words.ShouldBe(["a", "b"]);
    }

    [Test]
    public void Vocabulary_IgnoringCase_CountsThemAsOne()
    {
        var vocabulary = Vocabulary.Of(["The", "the", "THE", "a"], minimumCount: 3, ignoresCase: true);
        vocabulary.Words.ShouldBe(["the"]);
        (vocabulary["tHe"], vocabulary["a"], vocabulary.IgnoresCase).ShouldBe((2, Vocabulary.Unknown, true));
        Vocabulary.Of(["The", "the"])["THE"].ShouldBe(Vocabulary.Unknown);
    }

    [Test]
    public void Vocabulary_OfItsWords_IsTheSame()
    {
        var vocabulary = Vocabulary.Of(Sentences);
        var again = new Vocabulary(vocabulary.Words);
        again.Words.ShouldBe(vocabulary.Words);
        again["c"].ShouldBe(vocabulary["c"]);
        Should.Throw<ArgumentException>(() => new Vocabulary(["a", "b", "a"])).Message.ShouldStartWith("Word 2, 'a', is there already, as word 0.");
        Should.Throw<ArgumentException>(() => new Vocabulary(["a", "A"], ignoresCase: true)).Message.ShouldStartWith("Word 1, 'A', is there already");
        Should.Throw<ArgumentException>(() => new Vocabulary([""])).Message.ShouldStartWith("Word 0 is empty.");
        Should.Throw<ArgumentOutOfRangeException>(() => Vocabulary.Of(["a"], minimumCount: 0)).ParamName.ShouldBe("minimumCount");
    }

    // Numbers: a is 2, b is 3, c is not known (0); 1 is beyond the sentence.
    [Test]
    public void Of_Window_HasTheNeighboursOfEachToken()
    {
        DataSet<float> data = WindowDataSet.Of<float>(Sentences, new Vocabulary(["a", "b"]), window: 3);
        data.Samples.ToArray().ShouldBe([1, 2, 3, 2, 3, 2, 3, 2, 1, 1, 0, 1]);
        data.ClassNames.ShouldBe(["LOC", "O", "PER"]);
        data.Labels.ToArray().ShouldBe([1, 2, 1, 0]);
        data.FeatureNames.ShouldBe(["word −1", "word", "word +1"]);
    }

    [Test]
    public void Of_WindowLongerThanTheSentence_IsPaddedOnBothSides() =>
        WindowDataSet.Of<double>([Sentences[1]], new Vocabulary(["c"]), window: 5, ["LOC", "PER"]).Samples.ToArray().ShouldBe([1, 1, 2, 1, 1]);

    [Test]
    public void Of_Classes_AreThoseOfTheTrainingPart()
    {
        WindowDataSet.Of<float>([Sentences[1]], new Vocabulary([]), 1, ["O", "LOC"]).Labels.ToArray().ShouldBe([1]);
        Should.Throw<ArgumentException>(() => WindowDataSet.Of<float>(Sentences, new Vocabulary([]), 1, ["O", "LOC"])).Message
            .ShouldStartWith("Sentence 0, token 1 ('b'): tag 'PER' is none of O, LOC.");
        Should.Throw<ArgumentException>(() => WindowDataSet.Of<float>(Sentences, new Vocabulary([]), 1, ["O", "O"])).Message.ShouldStartWith("Names 0 and 1 of the classes are both 'O'.");
    }

    [TestCase(0)]
    [TestCase(2)]
    [TestCase(-1)]
    public void Of_WindowWithoutAMiddle_IsRefused(int window) =>
        Should.Throw<ArgumentOutOfRangeException>(() => WindowDataSet.Of<float>(Sentences, new Vocabulary([]), window)).ParamName.ShouldBe("window");

    [Test]
    public void Of_TooLargeOrEmpty_IsRefused()
    {
        Should.Throw<ArgumentException>(() => WindowDataSet.Of<float>([], new Vocabulary([]), 3)).Message.ShouldStartWith("There are no sentences.");
        Should.Throw<ArgumentException>(() => WindowDataSet.Of<float>(Sentences, new Vocabulary([]), int.MaxValue)).Message.ShouldContain("more than an array holds");
    }

    // Lengths of words, 0 beyond the sentence; the words' numbers as above.
    [Test]
    public void Of_SeveralFeatures_StandOneBehindTheOther()
    {
        TaggedSentence[] sentences = [new(["a", "bbb"], ["O", "PER"]), new(["cc"], ["LOC"])];
        var length = new TokenFeature("length", 4, token => token.Length, padding: 0);
        DataSet<double> data = WindowDataSet.Of<double>(sentences, [TokenFeature.Of(new Vocabulary(["a", "bbb"])), length], window: 3);
        data.Samples.ToArray().ShouldBe([
            1, 2, 3, 0, 1, 3,
            2, 3, 1, 1, 3, 0,
            1, 0, 1, 0, 2, 0,
        ]);
        data.Features.ShouldBe(6);
        data.Labels.ToArray().ShouldBe([1, 2, 0]);
        data.FeatureNames.ShouldBe(["word −1", "word", "word +1", "length −1", "length", "length +1"]);
    }

    [Test]
    public void Of_FeatureAlone_NeedsNoVocabulary() =>
        WindowDataSet.Of<float>(Sentences, [new TokenFeature("code", 128, token => token[0], padding: 9)], window: 1, ["LOC", "O", "PER"]).Samples.ToArray()
            .ShouldBe([97, 98, 97, 99]);

    [TestCase(-1)]
    [TestCase(3)]
    public void Of_FeatureGivesANumberItDoesNotHave_NamesTheToken(int number)
    {
        var feature = new TokenFeature("kind", 3, token => token == "b" ? number : 0, padding: 2);
        Should.Throw<ArgumentException>(() => WindowDataSet.Of<float>(Sentences, [feature], 3)).Message
            .ShouldStartWith($"Sentence 0, token 1 ('b'): feature 'kind' gives {number}; its numbers are 0 to 2.");
    }

    [Test]
    public void Of_Features_AreThereEachOnceAndCountable()
    {
        var word = TokenFeature.Of(new Vocabulary(["a"]));
        var large = new TokenFeature("hash", (1 << 24) + 1, _ => 0, padding: 0);
        Should.Throw<ArgumentException>(() => WindowDataSet.Of<float>(Sentences, Array.Empty<TokenFeature>(), 3)).Message.ShouldStartWith("There are no features of tokens.");
        Should.Throw<ArgumentException>(() => WindowDataSet.Of<float>(Sentences, [word, word], 3)).Message.ShouldStartWith("Names 0 and 1 of the features are both 'word'.");
        Should.Throw<ArgumentException>(() => WindowDataSet.Of<float>(Sentences, [large], 3)).Message.ShouldStartWith("16777217 numbers of feature 'hash' are more than Single");
        WindowDataSet.Of<double>(Sentences, [large], 3).Count.ShouldBe(4);
        Should.Throw<ArgumentException>(() => WindowDataSet.Of<float>(Sentences, [word, large], int.MaxValue)).Message.ShouldContain("more than");
    }

    [Test]
    public void TokenFeature_OfAVocabulary_HasItsNumbers()
    {
        var word = TokenFeature.Of(new Vocabulary(["a", "b"]));
        (word.Name, word.Count, word.Padding, word.Number("b"), word.Number("z")).ShouldBe(("word", 4, Vocabulary.Padding, 3, Vocabulary.Unknown));
    }

    [Test]
    public void TokenFeature_SettingOutOfRange_IsRefused()
    {
        Should.Throw<ArgumentException>(() => new TokenFeature(" ", 1, _ => 0, 0)).ParamName.ShouldBe("name");
        Should.Throw<ArgumentOutOfRangeException>(() => new TokenFeature("a", 0, _ => 0, 0)).ParamName.ShouldBe("count");
        Should.Throw<ArgumentOutOfRangeException>(() => new TokenFeature("a", 2, _ => 0, 2)).Message.ShouldStartWith("The padding of feature 'a' is one of its numbers, 0 to 1, got 2.");
        Should.Throw<ArgumentOutOfRangeException>(() => new TokenFeature("a", 2, _ => 0, -1)).ParamName.ShouldBe("padding");
    }
}
