#region predict
using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Core.Gates;
using NeuralNet.Layers;
using NeuralNet.Training.Data;
using NeuralNet.Training.Data.Tables;
using NeuralNet.Training.Fitting;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Optimizers;

#endregion
namespace NeuralNet.Tests.Docs.Guide;

/// <summary>The program of docs/guide/predict.md.</summary>
internal sealed class PredictProgram
{
    [Test]
    public void Program_OneSample_GivesAClassAndItsProbability()
    {
        using var folder = new GuideFolder();
        string[] args = [folder.Flowers()];
        #region predict
        var data = CsvTable.Read(args[0]).ToDataSet<float>(label: "kind", features: ["length", "width"]);
        var random = new Random(1);
        var net = new Sequential<float>(
            Scaling.Standardize(data),
            new Linear<float>(data.Features, 16, random), new ReLU<float>(),
            new Linear<float>(16, data.Classes, random));
        Trainer.For(net, new SoftmaxCrossEntropy<float>(), new Adam<float>(net.Parameters, 0.01f)).Fit(data, epochs: 40);

        var scores = net.Forward(Matrices.FromRows<float>([5.4f, 4.6f]));          // one sample; [1×3], yours to keep
        var chances = new Softmax<float>().Forward(scores);
        int best = scores.Row(0).MaximumIndex();
        Console.WriteLine($"{data.ClassNames[best]}, {chances[0, best]:P0}");
        #endregion

        data.ClassNames[best].ShouldBe("iris");
        chances[0, best].ShouldBeGreaterThan(0.8f);
        chances.Row(0).Sum().ShouldBe(1, 1e-6);
    }
}
