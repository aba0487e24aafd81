#region blobs
using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Layers;
using NeuralNet.Training.Data;
using NeuralNet.Training.Fitting;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Metrics;
using NeuralNet.Training.Optimizers;

#endregion
namespace NeuralNet.Tests.Docs.Guide;

/// <summary>The first program of docs/guide/README.md.</summary>
internal sealed class BlobsProgram
{
    [Test]
    public void Program_ThreeBlobs_AreToldApart()
    {
        #region blobs
        // Three clouds of points in the plane, 200 of each.
        var random = new Random(1);
        float[][] centres = [[0, 2], [2, -1], [-2, -1]];
        int[] labels = [.. Enumerable.Range(0, 600).Select(i => i % 3)];
        float[][] points = [.. labels.Select(label => centres[label].Select(x => x + random.NextSingle() - random.NextSingle()).ToArray())];
        var (train, test) = DataSet<float>.FromRows(points, labels).StratifiedSplit(0.8, seed: 1);

        var net = new Sequential<float>(new Linear<float>(2, 16, random), new ReLU<float>(), new Linear<float>(16, 3, random));
        var trainer = Trainer.For(net, new SoftmaxCrossEntropy<float>(), new Adam<float>(net.Parameters, 0.01f));
        trainer.Metrics = [new Accuracy<float>()];
        Console.WriteLine(trainer.Fit(train, epochs: 20, validation: test));

        var scores = net.Forward(Matrices.FromRows<float>([2, -1]));             // one sample, a score for each class
        Console.WriteLine($"the point (2, −1) is of class {scores.Row(0).MaximumIndex()}");
        #endregion

        trainer.Evaluate(test)["accuracy"].ShouldBeGreaterThan(0.97);
        scores.Row(0).MaximumIndex().ShouldBe(1);
        (train.Count, test.Count).ShouldBe((480, 120));
    }
}
