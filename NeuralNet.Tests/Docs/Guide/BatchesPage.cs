using NeuralNet.Core;
using NeuralNet.Layers;
using NeuralNet.Tests.Training.Fitting;
using NeuralNet.Training.Data;
using NeuralNet.Training.Fitting;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Optimizers;

namespace NeuralNet.Tests.Docs.Guide;

/// <summary>The rest of docs/guide/batches.md.</summary>
internal sealed class BatchesPage
{
    private static readonly DataSet<double> Train = Blobs.Points(120, seed: 1);

    #region own
    /// <summary>Batches of points that are never the same.</summary>
    private static IEnumerable<Batch<double>> Endless(Random random, int steps)
    {
        for (int step = 0; step < steps; step++)
        {
            double[][] points = [.. Enumerable.Range(0, 32).Select(_ => new[] { random.NextDouble() - 0.5, random.NextDouble() - 0.5 })];
            int[] labels = [.. points.Select(point => point[0] * point[1] > 0 ? 1 : 0)];
            yield return new Batch<double>(Matrices.FromRows(points), labels);
        }
    }
    #endregion

    [Test]
    public void Batches_OfOnesOwn_AreAnEpoch()
    {
        Trainer<double, ReadOnlyMemory<int>> trainer = Blobs.Trainer();
        #region own-fit
        trainer.Fit(Endless(new Random(1), steps: 100), epochs: 5);                // each epoch enumerates it anew
        #endregion

        trainer.History.Last.Steps.ShouldBe(500);
        trainer.History.Last.Samples.ShouldBe(3200);
    }

    [Test]
    public void Classes_Weighted_CountTheSame()
    {
        Sequential<double> net = Blobs.Network();
        DataSet<double> train = Train;
        #region class-weights
        var loss = new SoftmaxCrossEntropy<double>(classWeights: train.ClassWeights());
        #endregion

        loss.ClassWeights.ToArray().ShouldBe([1.0, 1, 1]);
        Trainer.For(net, loss, new SGD<double>(net.Parameters, 0.1)).Fit(train, epochs: 1).Epochs.Count.ShouldBe(1);
    }

    [Test]
    public void Samples_OfWeightZero_AreLeftOut()
    {
        DataSet<double> train = Train;
        #region sample-weights
        double[] weights = [.. Enumerable.Range(0, train.Count).Select(i => i < 100 ? 1.0 : 0)];     // 0 leaves a sample out
        var weighted = train.WithWeights(weights);
        #endregion

        Trainer<double, ReadOnlyMemory<int>> trainer = Blobs.Trainer();
        double all = trainer.Evaluate(weighted.Subset([0, 1, 2, 119])).Loss, counted = trainer.Evaluate(train.Subset([0, 1, 2])).Loss;
        all.ShouldBe(counted, 1e-12);
    }

    [Test]
    public void Settings_OfTheTrainer_Hold()
    {
        Sequential<double> net = Blobs.Network();
        DataSet<double> train = Train;
        #region regularisation
        var trainer = Trainer.For(net, new SoftmaxCrossEntropy<double>(), new AdamW<double>(net.Parameters, 0.01, weightDecay: 0.01));
        trainer.Regularization = [new L1Regularization<double>(net.Parameters, 1e-4)];       // besides, and L2Regularization
        trainer.MaxGradientNorm = 1;                                              // of all gradients together
        trainer.MaxGradientValue = 0.5;                                           // of each number, before
        #endregion

        trainer.Fit(train, epochs: 5).Last.TrainingLoss.ShouldBeLessThan(1.1);
    }

    [Test]
    public void Groups_WithRatesOfTheirOwn_Move()
    {
        Sequential<double> net = Blobs.Network();
        #region groups
        var body = net.Parameters.Where(named => named.Name.StartsWith("0.", StringComparison.Ordinal));
        var head = net.Parameters.Where(named => named.Name.StartsWith("2.", StringComparison.Ordinal));
        var sgd = new SGD<double>([new SGD<double>.Group(body, 0.001, momentum: 0.9), new SGD<double>.Group(head, 0.1)]);
        #endregion

        sgd.Groups.Select(group => group.LearningRate).ShouldBe([0.001, 0.1]);
        sgd.Groups.SelectMany(group => group.Parameters).Count().ShouldBe(4);
    }

    [Test]
    public void Weights_OfTheWrongNumber_AreRefused() =>
        Quoted.ShouldBe(Should.Throw<ArgumentException>(() => Train.WithWeights([1, 2])), "docs/guide/batches.md", "weights");
}
