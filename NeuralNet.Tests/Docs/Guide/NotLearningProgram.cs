#region not-learning
using NeuralNet.Core.Functions;
using NeuralNet.Layers;
using NeuralNet.Training.Data;
using NeuralNet.Training.Data.Tables;
using NeuralNet.Training.Fitting;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Optimizers;
using NeuralNet.Training.SanityChecking;

#endregion
namespace NeuralNet.Tests.Docs.Guide;

/// <summary>The program of docs/guide/not-learning.md.</summary>
internal sealed class NotLearningProgram
{
    [Test]
    public void Program_OfAHealthyNetwork_PassesItsChecks()
    {
        using var folder = new GuideFolder();
        string[] args = [folder.Flowers()];
        #region not-learning
        var data = CsvTable.Read(args[0]).ToDataSet<float>(label: "kind");
        var random = new Random(1);
        var net = new Sequential<float>(
            Scaling.Standardize(data),
            new Linear<float>(data.Features, 16, random), new ReLU<float>(),
            new Linear<float>(16, data.Classes, random));
        var loss = new SoftmaxCrossEntropy<float>();

        var batch = new BatchLoader<float>(data, 32, seed: 1).First();
        var report = SanityCheck.Run(net, loss, batch.Inputs, batch.Labels, new SanityCheckOptions { InitialLossTolerance = 0.5 });
        Console.WriteLine(report);                                                // and report.Advice: what to do, a line each

        var trainer = Trainer.For(net, loss, new Adam<float>(net.Parameters, 0.01f));
        trainer.SanityChecks = new SanityCheckOptions { InitialLossTolerance = 0.5 };  // the same before each training
        Console.WriteLine(trainer.Fit(data, epochs: 20));
        #endregion

        report.Passed.ShouldBeTrue(report.ToString());
        trainer.History.Last.TrainingLoss.ShouldBeLessThan(0.5);
    }
}
