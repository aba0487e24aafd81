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
}
