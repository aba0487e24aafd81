using NeuralNet.Layers;
using NeuralNet.Tests.Training.Fitting;
using NeuralNet.Training.Data;
using NeuralNet.Training.Fitting;
using NeuralNet.Training.LearningRates;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Optimizers;
using NeuralNet.Training.Schedules;

namespace NeuralNet.Tests.Docs.Guide;

/// <summary>The rest of docs/guide/learning-rate.md.</summary>
internal sealed class LearningRatePage
{
    [Test]
    public void Schedules_Combined_RiseAndFall()
    {
        Sequential<double> net = Blobs.Network();
        DataSet<double> train = Blobs.Points(120, seed: 1);
        #region schedules
        const int Epochs = 20, BatchSize = 32;
        long steps = Epochs * new BatchLoader<double>(train, BatchSize).Count;    // a schedule counts steps, not epochs
        var warmUpThenFall = new LinearWarmup(steps / 10).Then(steps / 10, new CosineAnnealing(steps - (steps / 10)));
        var oneCycle = new OneCycle(steps);                                       // or this: up and down in one
        var optimizer = new AdamW<double>(net.Parameters, 0.01, weightDecay: 0.01, warmUpThenFall);
        #endregion

        Trainer.For(net, new SoftmaxCrossEntropy<double>(), optimizer).Fit(train, Epochs, BatchSize);
        optimizer.Steps.ShouldBe(steps);
        warmUpThenFall.Factor(0).ShouldBe(1.0 / 3, 1e-12);
        warmUpThenFall.Factor(steps / 10).ShouldBe(1);
        warmUpThenFall.Factor(steps).ShouldBe(0, 1e-12);
        oneCycle.Factor(0).ShouldBe(1 / 25.0, 1e-12);
    }

    [Test]
    public void Rate_Alone_CanBeSet()
    {
        Sequential<double> net = Blobs.Network();
        var optimizer = new SGD<double>(net.Parameters, 0.1);
        #region set
        optimizer.LearningRate = 0.05;                                            // at any time between steps
        #endregion

        optimizer.Groups[0].LearningRate.ShouldBe(0.05);
    }

    [Test]
    public void Finder_WithASchedule_Refuses()
    {
        Sequential<double> net = Blobs.Network();
        var batches = new BatchLoader<double>(Blobs.Points(30, seed: 1), 10).Select(batch => (batch.Inputs, batch.Labels));
        Quoted.ShouldBe(
            Should.Throw<ArgumentException>(() => LearningRateFinder.Run(
                net, new SoftmaxCrossEntropy<double>(), () => new Adam<double>(net.Parameters, 0.1, new CosineAnnealing(10)), batches)),
            "docs/guide/learning-rate.md", "schedule");
    }
}
