#region learning-rate
using NeuralNet.Core.Functions;
using NeuralNet.Layers;
using NeuralNet.Training.Data;
using NeuralNet.Training.Data.Tables;
using NeuralNet.Training.Fitting;
using NeuralNet.Training.LearningRates;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Optimizers;

#endregion
namespace NeuralNet.Tests.Docs.Guide;

/// <summary>The program of docs/guide/learning-rate.md.</summary>
internal sealed class LearningRateProgram
{
    [Test]
    public void Program_Sweep_SuggestsARateThatLearns()
    {
        using var folder = new GuideFolder();
        string[] args = [folder.Flowers(), Path.Combine(folder.Path, "rates.svg")];
        #region learning-rate
        var data = CsvTable.Read(args[0]).ToDataSet<float>(label: "kind");
        var random = new Random(1);
        var net = new Sequential<float>(
            Scaling.Standardize(data),
            new Linear<float>(data.Features, 16, random), new ReLU<float>(),
            new Linear<float>(16, data.Classes, random));
        var loss = new SoftmaxCrossEntropy<float>();

        var batches = new BatchLoader<float>(data, 32, seed: 1).Select(batch => (batch.Inputs, batch.Labels));
        var sweep = LearningRateFinder.Run(net, loss, () => new Adam<float>(net.Parameters, 1), batches);
        File.WriteAllText(args[1], sweep.ToSvg());                                // the curve
        float rate = (float)(sweep.Suggestion ?? sweep.TenthOfMinimum);
        Console.WriteLine(rate);

        var trainer = Trainer.For(net, loss, new Adam<float>(net.Parameters, rate));
        Console.WriteLine(trainer.Fit(data, epochs: 20));
        #endregion

        rate.ShouldBeInRange(1e-4f, 1);
        trainer.History.Last.TrainingLoss.ShouldBeLessThan(0.2);
        File.ReadAllText(args[1]).ShouldStartWith("<svg");
    }
}
