using NeuralNet.Core.Functions;
using NeuralNet.Layers;
using NeuralNet.Tests.Training.Fitting;
using NeuralNet.Training.Data;
using NeuralNet.Training.Fitting;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Metrics;
using NeuralNet.Training.Optimizers;

namespace NeuralNet.Tests.Docs.Guide;

/// <summary>The rest of docs/guide/evaluate.md.</summary>
internal sealed class EvaluatePage
{
    [Test]
    public void KFold_OfFiveParts_GivesFiveAccuracies()
    {
        DataSet<double> data = Blobs.Points(200, seed: 1);
        #region k-fold
        var accuracies = new List<double>();
        foreach (var (train, validation) in data.KFold(5, seed: 1, stratified: true))
        {
            var random = new Random(1);                                           // a fresh network for each part
            var net = new Sequential<double>(new Linear<double>(2, 8, random), new Tanh<double>(), new Linear<double>(8, 3, random));
            var trainer = Trainer.For(net, new SoftmaxCrossEntropy<double>(), new Adam<double>(net.Parameters, 0.01));
            trainer.Metrics = [new Accuracy<double>()];
            trainer.Fit(train, epochs: 20);
            accuracies.Add(trainer.Evaluate(validation)["accuracy"]);
        }

        Console.WriteLine($"accuracy {accuracies.Average():F3}, from {accuracies.Min():F3} to {accuracies.Max():F3}");
        #endregion

        accuracies.Count.ShouldBe(5);
        accuracies.Min().ShouldBeGreaterThan(0.9);
    }

    [Test]
    public void Metric_ByHand_IsThatOfTheTrainer()
    {
        DataSet<double> data = Blobs.Points(200, seed: 1);
        Trainer<double, ReadOnlyMemory<int>> trainer = Blobs.Trainer();
        var net = (Sequential<double>)trainer.Network;
        trainer.Fit(data, epochs: 5);
        #region by-hand
        var accuracy = new Accuracy<double>();
        foreach (var batch in new BatchLoader<double>(data, 50))
        {
            accuracy.Add(net.Forward(batch.Inputs), batch.Labels);
        }

        Console.WriteLine(accuracy);
        #endregion

        trainer.Metrics = [new Accuracy<double>()];
        accuracy.Value.ShouldBe(trainer.Evaluate(data)["accuracy"]);
    }

    [Test]
    public void Evaluation_OfAMetricNotAskedFor_SaysWhichThereAre()
    {
        Trainer<double, ReadOnlyMemory<int>> trainer = Blobs.Trainer();
        trainer.Metrics = [new Accuracy<double>()];
        Evaluation evaluation = trainer.Evaluate(Blobs.Points(30, seed: 1));
        Quoted.ShouldBe(Should.Throw<ArgumentException>(() => evaluation["macro F1"]), "docs/guide/evaluate.md", "no-metric");
    }
}
