#region text
using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Layers;
using NeuralNet.Training.Data.Text;
using NeuralNet.Training.Fitting;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Metrics;
using NeuralNet.Training.Optimizers;

#endregion
namespace NeuralNet.Tests.Docs.Guide;

/// <summary>The program of docs/guide/text.md.</summary>
internal sealed class TextProgram
{
    [Test]
    public void Program_Sentences_AreTagged()
    {
        using var folder = new GuideFolder();
        string[] args = [folder.Sentences()];
        #region text
        var sentences = ConllFile.Read(args[0]);                                  // a token and its tag a line
        var vocabulary = Vocabulary.Of(sentences, ignoresCase: true);
        var train = WindowDataSet.Of<float>(sentences, vocabulary, window: 3);     // each token with its neighbours

        var random = new Random(1);
        var net = new Sequential<float>(
            new Embedding<float>(vocabulary.Count, 8, random), new Flatten<float>(),
            new Linear<float>(3 * 8, 16, random), new Tanh<float>(),
            new Linear<float>(16, train.Classes, random));
        var trainer = Trainer.For(net, new SoftmaxCrossEntropy<float>(), new Adam<float>(net.Parameters, 0.01f));
        trainer.Metrics = [new F1<float>()];
        trainer.Fit(train, epochs: 20);
        Console.WriteLine(trainer.Evaluate(train));

        string[] words = ["Zoe", "lives", "in", "Rome", "."];
        var unknown = new TaggedSentence(words, [.. words.Select(_ => "O")]);     // the tags are not looked at
        var windows = WindowDataSet.Of<float>([unknown], vocabulary, window: 3, train.ClassNames);
        var scores = net.Forward(Matrices.FromRows(windows.Count, windows.Features, windows.Samples));
        string[] tags = [.. scores.EnumerateRows().Select(row => train.ClassNames[row.MaximumIndex()])];
        Console.WriteLine(string.Join(" ", words.Zip(tags, (word, tag) => $"{word}/{tag}")));
        #endregion

        trainer.Evaluate(train)["macro F1"].ShouldBe(1, 1e-9);
        tags[1..].ShouldBe(["O", "O", "LOC", "O"]);
    }
}
