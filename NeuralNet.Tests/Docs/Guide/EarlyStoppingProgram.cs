#region early-stopping
using NeuralNet.Core.Functions;
using NeuralNet.Layers;
using NeuralNet.Training.Data;
using NeuralNet.Training.Data.Tables;
using NeuralNet.Training.Fitting;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Metrics;
using NeuralNet.Training.Optimizers;

#endregion
namespace NeuralNet.Tests.Docs.Guide;

/// <summary>The program of docs/guide/early-stopping.md.</summary>
internal sealed class EarlyStoppingProgram
{
    [Test]
    public void Program_EndsByItself_WithTheWeightsOfTheBestEpoch()
    {
        using var folder = new GuideFolder();
        string[] args = [folder.Flowers()];
        #region early-stopping
        var data = CsvTable.Read(args[0]).ToDataSet<float>(label: "kind");
        var (train, validation, test) = data.StratifiedSplit(0.6, 0.2, seed: 1);

        var random = new Random(1);
        var net = new Sequential<float>(
            Scaling.Standardize(train),
            new Linear<float>(data.Features, 32, random), new ReLU<float>(),
            new Linear<float>(32, data.Classes, random));
        var trainer = Trainer.For(net, new SoftmaxCrossEntropy<float>(), new Adam<float>(net.Parameters, 0.05f));
        trainer.Metrics = [new Accuracy<float>()];
        var stopping = new EarlyStopping<float>(patience: 5, minimumChange: 0.001);
        trainer.Callbacks = [stopping];

        var history = trainer.Fit(train, epochs: 500, validation: validation);
        Console.WriteLine($"{history.End} after {history.Last.Epoch} epochs, the best was {stopping.BestEpoch}");
        Console.WriteLine(trainer.Evaluate(test));
        #endregion

        history.End.ShouldBe(TrainingEnd.Stopped);
        history.Last.Epoch.ShouldBe(stopping.BestEpoch!.Value + 5);
        trainer.Evaluate(validation).Loss.ShouldBe(history.Epochs[stopping.BestEpoch.Value - 1].ValidationLoss!.Value);
        trainer.Evaluate(test)["accuracy"].ShouldBeGreaterThan(0.95);
    }
}
