using NeuralNet.Core;
using NeuralNet.Core.Functions;
using NeuralNet.Core.GradientChecking;
using NeuralNet.Core.Initializers;
using NeuralNet.Layers;
using NeuralNet.Tests.Training.Fitting;
using NeuralNet.Training;
using NeuralNet.Training.Data;
using NeuralNet.Training.Fitting;
using NeuralNet.Training.GradientChecking;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Optimizers;
using NeuralNet.Training.SanityChecking;

namespace NeuralNet.Tests.Docs.Guide;

/// <summary>The rest of docs/guide/not-learning.md.</summary>
internal sealed class NotLearningPage
{
    private const string Page = "docs/guide/not-learning.md";

    [Test]
    public void Data_WithNaN_IsNamed()
    {
        Trainer<double, ReadOnlyMemory<int>> trainer = Blobs.Trainer();
        DataSet<double> data = DataSet<double>.FromRows([[0, 2], [double.NaN, -1], [-2, -1]], [0, 1, 2]);
        Quoted.ShouldBe(Should.Throw<NotFiniteNumberException>(() => trainer.Fit([new Batch<double>(
            Matrices.FromRows(data.Count, data.Features, data.Samples), data.Labels.ToArray())], epochs: 1)), Page, "nan");
    }

    // w = 1 − 1e30·2·1·1, and the square of that is beyond float.
    [Test]
    public void Rate_FarTooLarge_IsNamed()
    {
        var net = new Sequential<float>(new Linear<float>(Matrix<float>.Build.Dense(1, 1, 1)));
        var trainer = Trainer.For(net, new MeanSquaredError<float>(), new SGD<float>(net.Parameters, 1e30f));
        DataSet<float> data = DataSet<float>.FromRows([[1f]], [[0f]]);
        Quoted.ShouldBe(Should.Throw<NotFiniteNumberException>(() => trainer.Fit(data, epochs: 2)), Page, "rate");
    }

    [Test]
    public void Optimizer_OfAnotherNetwork_IsRefused()
    {
        Sequential<double> net = Blobs.Network(), other = Blobs.Network();
        Quoted.ShouldBe(
            Should.Throw<ArgumentException>(() => Trainer.For(net, new SoftmaxCrossEntropy<double>(), new SGD<double>(other.Parameters, 0.1))), Page, "other-network");
    }

    [Test]
    public void Targets_ThatAreNotThere_AreNamed()
    {
        Sequential<double> net = Blobs.Network();
        var trainer = Trainer.For(net, new MeanSquaredError<double>(), new SGD<double>(net.Parameters, 0.1));
        Quoted.ShouldBe(Should.Throw<InvalidOperationException>(() => trainer.Fit(Blobs.Points(9, seed: 1), epochs: 1)), Page, "no-targets");
    }

    [Test]
    public void ReLUs_ThatAreDead_AreInTheAdvice()
    {
        var random = new Random(1);
        var net = new Sequential<double>(
            new Linear<double>(Matrix<double>.Build.Dense(2, 8, 0.1), Matrix<double>.Build.Dense(1, 8, -9)), new ReLU<double>(),
            new Linear<double>(8, 3, random));
        DataSet<double> data = Blobs.Points(30, seed: 1);
        #region advice
        var batch = new BatchLoader<double>(data, 30).First();
        var report = SanityCheck.Run(net, new SoftmaxCrossEntropy<double>(), batch.Inputs, batch.Labels);
        foreach (string line in report.Advice)
        {
            Console.WriteLine(line);
        }
        #endregion

        report.Advice.ShouldContain(line => line.Contains(NeuralNet.Tests.Docs.Page.Read(Page).Printed("dead")));
    }

    [Test]
    public void Gradients_OfTheWholeNetwork_AreChecked()
    {
        Sequential<double> net = Blobs.Network();
        DataSet<double> data = Blobs.Points(6, seed: 1);
        #region gradients
        var batch = new BatchLoader<double>(data, 6).First();
        GradientCheck.Network<ReadOnlyMemory<int>>(net, batch.Inputs, new SoftmaxCrossEntropy<double>(), batch.Labels).ThrowIfFailed();
        #endregion

        net.Parameters.Count.ShouldBe(4);
    }

    [Test]
    public void Remedies_InANetwork_Learn()
    {
        var random = new Random(1);
        DataSet<double> train = Blobs.Points(150, seed: 1);
        #region remedies
        var net = new Sequential<double>(
            Scaling.Standardize(train),                                           // features of mean 0 and deviation 1
            new Linear<double>(2, 8, random, new HeNormal()), new LeakyReLU<double>(),   // a slope below 0 too
            new Linear<double>(8, 3, random));
        var trainer = Trainer.For(net, new SoftmaxCrossEntropy<double>(), new Adam<double>(net.Parameters, 0.01));
        trainer.MaxGradientNorm = 1;                                              // larger gradients are scaled down
        trainer.SafeguardInterval = 1;                                            // look for NaN at every step
        trainer.Fit(train, epochs: 20);
        #endregion

        trainer.History.Last.TrainingLoss.ShouldBeLessThan(0.3);
    }

    [Test]
    public void Divergence_InALoopByHand_IsFound()
    {
        Sequential<double> net = Blobs.Network();
        var loss = new SoftmaxCrossEntropy<double>();
        var sgd = new SGD<double>(net.Parameters, 0.1);
        var loader = new BatchLoader<double>(Blobs.Points(60, seed: 1), 20, seed: 1);
        #region by-hand
        Cache<double> cache = new(), lossCache = new();
        foreach (var batch in loader)
        {
            double value = loss.Forward(net.Forward(batch.Inputs, cache), batch.Labels, lossCache);
            Divergence.ThrowIfNotFinite(value, sgd.Steps, cache, every: 100);
            net.ZeroGradients();
            loss.Backward(lossCache, net, cache);
            sgd.Step();
        }
        #endregion

        sgd.Steps.ShouldBe(3);
    }
}
