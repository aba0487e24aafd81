#region images
using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Layers;
using NeuralNet.Training.Data.Images;
using NeuralNet.Training.Fitting;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Metrics;
using NeuralNet.Training.Optimizers;

#endregion
namespace NeuralNet.Tests.Docs.Guide;

/// <summary>The program of docs/guide/images.md.</summary>
internal sealed class ImagesProgram
{
    [Test]
    public void Program_FolderOfPictures_IsLearnedAndANewOneNamed()
    {
        using var folder = new GuideFolder();
        string[] args = [folder.Pictures(), folder.Picture()];
        #region images
        var data = ImageFolder.Read<float>(args[0]);                              // a folder in it for each class
        var (train, test) = data.StratifiedSplit(0.75, seed: 1);

        var random = new Random(1);
        var net = new Sequential<float>(
            new Linear<float>(data.Features, 32, random), new ReLU<float>(),
            new Linear<float>(32, data.Classes, random));
        var trainer = Trainer.For(net, new SoftmaxCrossEntropy<float>(), new Adam<float>(net.Parameters, 0.01f));
        trainer.Metrics = [new Accuracy<float>()];
        trainer.Fit(train, epochs: 60, batchSize: 16);
        Console.WriteLine($"{data.Shape}: {trainer.Evaluate(test)}");

        var picture = RasterImage.Read(args[1]);
        float[] pixels = [.. picture.Pixels.Select(value => value / 255f)];
        var scores = net.Forward(Matrices.FromRows(pixels));
        Console.WriteLine(data.ClassNames[scores.Row(0).MaximumIndex()]);
        #endregion

        trainer.Evaluate(test)["accuracy"].ShouldBeGreaterThan(0.85);
        data.ClassNames[scores.Row(0).MaximumIndex()].ShouldBe("row");
        data.Shape.ToString().ShouldBe("1×8×8");
    }
}
