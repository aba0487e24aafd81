using NeuralNet.Core;
using NeuralNet.Layers;
using NeuralNet.Training.Data;
using NeuralNet.Training.Fitting;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Metrics;
using NeuralNet.Training.Optimizers;
using NeuralNet.Training.SanityChecking;

namespace NeuralNet.Tests.Training.Fitting;

/// <summary>The training loop: what it does is what one would write by hand.</summary>
internal sealed class TrainerTests
{
    [Test]
    public void Fit_SeedAndBatches_GivesTheBitsOfTheHandWrittenLoop()
    {
        DataSet<double> data = Blobs.Points(100, seed: 1);
        Sequential<double> byHand = Blobs.Network();
        var sgd = new SGD<double>(byHand.Parameters, 0.1, momentum: 0.9);
        var loss = new SoftmaxCrossEntropy<double>();
        var (cache, lossCache) = (new Cache<double>(), new Cache<double>());
        var batches = new BatchLoader<double>(data, 32, seed: 7);
        double mean = 0;
        for (int epoch = 0; epoch < 5; epoch++)
        {
            mean = 0;
            foreach (Batch<double> batch in batches)
            {
                mean += loss.Forward(byHand.Forward(batch.Inputs, cache), batch.Labels, lossCache) * batch.Count / data.Count;
                byHand.ZeroGradients();
                loss.Backward(lossCache, byHand, cache);
                sgd.Step();
            }
        }

        Trainer<double, ReadOnlyMemory<int>> trainer = Blobs.Trainer();
        TrainingHistory history = trainer.Fit(data, epochs: 5, batchSize: 32, seed: 7);

        Blobs.Weights(trainer.Network).ShouldBe(Blobs.Weights(byHand));
        history.Last.TrainingLoss.ShouldBe(mean, 1e-14);
        history.Last.Steps.ShouldBe(20);
        history.Last.Samples.ShouldBe(100);
        history.Epochs.Select(epoch => epoch.Epoch).ShouldBe([1, 2, 3, 4, 5]);
        history.End.ShouldBe(TrainingEnd.Completed);
        history.Names.ShouldBe(["training loss", "learning rate"]);
    }

    [Test]
    public void Fit_WithValidationAndMetrics_MeasuresWhatEvaluateDoes()
    {
        Trainer<double, ReadOnlyMemory<int>> trainer = Blobs.Trainer();
        DataSet<double> validation = Blobs.Points(300, seed: 2);
        trainer.Metrics = [new Accuracy<double>()];
        trainer.TrainingMetrics = [new Accuracy<double>()];

        TrainingHistory history = trainer.Fit(Blobs.Points(90, seed: 1), epochs: 20, validation: validation);

        Evaluation evaluation = trainer.Evaluate(validation);
        evaluation.Samples.ShouldBe(300);
        history.Last.ValidationLoss.ShouldBe(evaluation.Loss);
        history.Last["validation accuracy"].ShouldBe(evaluation["accuracy"]);
        evaluation["accuracy"].ShouldBeGreaterThan(0.95);
        history.Last["training accuracy"].ShouldBeGreaterThan(0.95);
        history.Curve("validation loss").Count.ShouldBe(20);
        history.Names.ShouldBe(["training loss", "training accuracy", "validation loss", "validation accuracy", "learning rate"]);
        Should.Throw<ArgumentException>(() => evaluation["F1"]).Message.ShouldContain("accuracy");
        Should.Throw<ArgumentException>(() => history.Last["F1"]).Message.ShouldContain("validation accuracy");
        Should.Throw<ArgumentException>(() => history.Curve("F1")).Message.ShouldContain("learning rate");
    }

    [Test]
    public void Fit_TargetsInMatrices_TakesThemFromTheBatch()
    {
        double[] x = [.. Enumerable.Range(0, 64).Select(i => i / 32.0 - 1)];
        var data = new DataSet<double>(x, new int[64], 1, 1).WithTargets([.. x.Select(value => (3 * value) + 1)], 1);
        var net = new Linear<double>(1, 1, new Random(1));
        var trainer = Trainer.For(net, new MeanSquaredError<double>(), new SGD<double>(net.Parameters, 0.1));

        trainer.Fit(data, epochs: 100).Last.TrainingLoss.ShouldBeLessThan(1e-10);

        net.Forward(Matrices.FromRows<double>([2])).At(0, 0).ShouldBe(7, 1e-4);
    }

    [Test]
    public void Fit_BatchesOfOnesOwn_RunsThroughThemOnceAnEpoch()
    {
        int enumerated = 0;
        IEnumerable<Batch<double>> Own()
        {
            enumerated++;
            yield return new Batch<double>(Matrices.FromRows<double>([0, 1], [1, 0]), new[] { 0, 1 });
            yield return new Batch<double>(Matrices.FromRows<double>([0, -1]), new[] { 2 });
        }

        TrainingHistory history = Blobs.Trainer().Fit(Own(), epochs: 3);

        enumerated.ShouldBe(3);
        history.Last.Samples.ShouldBe(3);
        history.Last.Steps.ShouldBe(6);
    }

    [Test]
    public void Fit_Callbacks_AreToldInOrder()
    {
        Trainer<double, ReadOnlyMemory<int>> trainer = Blobs.Trainer();
        var recording = new RecordingCallback();
        trainer.Callbacks = [recording];

        trainer.Fit(Blobs.Points(4, seed: 1), epochs: 2, batchSize: 2);

        recording.Calls.ShouldBe([
            "start", "gradients 1.0", "step 1.1", "gradients 1.1", "step 1.2", "epoch 1",
            "gradients 2.0", "step 2.1", "gradients 2.1", "step 2.2", "epoch 2", "end"]);
    }

    [Test]
    public void Fit_Regularization_ShrinksWeights()
    {
        Trainer<double, ReadOnlyMemory<int>> free = Blobs.Trainer(), held = Blobs.Trainer();
        held.Regularization = [new L2Regularization<double>(held.Network.Parameters, 0.05)];

        free.Fit(Blobs.Points(60, seed: 1), epochs: 20);
        held.Fit(Blobs.Points(60, seed: 1), epochs: 20);

        Blobs.Weights(held.Network).Sum(Math.Abs).ShouldBeLessThan(Blobs.Weights(free.Network).Sum(Math.Abs) / 2);
    }

    [Test]
    public void Fit_MaxGradientNorm_BoundsTheFirstStep()
    {
        Sequential<double> net = Blobs.Network();
        double[] before = Blobs.Weights(net);
        var trainer = Trainer.For(net, new SoftmaxCrossEntropy<double>(), new SGD<double>(net.Parameters, 1.0));
        trainer.MaxGradientNorm = 1e-3;

        trainer.Fit(Blobs.Points(30, seed: 1), epochs: 1, batchSize: 30);

        Math.Sqrt(Blobs.Weights(net).Zip(before, (a, b) => (a - b) * (a - b)).Sum()).ShouldBe(1e-3, 1e-9);
    }

    [Test]
    public void Fit_MaxGradientValue_BoundsEachWeight()
    {
        Sequential<double> net = Blobs.Network();
        double[] before = Blobs.Weights(net);
        var trainer = Trainer.For(net, new SoftmaxCrossEntropy<double>(), new SGD<double>(net.Parameters, 1.0));
        trainer.MaxGradientValue = 1e-3;

        trainer.Fit(Blobs.Points(30, seed: 1), epochs: 1, batchSize: 30);

        Blobs.Weights(net).Zip(before, (a, b) => Math.Abs(a - b)).Max().ShouldBe(1e-3, 1e-9);
    }

    [Test]
    public void Fit_SanityCheckFails_SaysWhatIsWrongAndTrainsNothing()
    {
        // Both layers start at zero, so no gradient ever reaches the first: the network cannot learn its samples by heart.
        Sequential<double> net = Blobs.Network();
        foreach (NamedParameter<double> named in net.Parameters)
        {
            named.Parameter.Value.Clear();
        }

        Trainer<double, ReadOnlyMemory<int>> trainer = Blobs.Trainer(net);
        trainer.SanityChecks = new SanityCheckOptions { OverfitSteps = 20 };
        var recording = new RecordingCallback();
        trainer.Callbacks = [recording];

        string message = Should.Throw<InvalidOperationException>(() => trainer.Fit(Blobs.Points(60, seed: 1), epochs: 1)).Message;

        message.ShouldStartWith("Nothing was trained, since a sanity check on 32 samples failed:");
        recording.Calls.ShouldBeEmpty();
        Blobs.Weights(net).ShouldAllBe(weight => weight == 0);
    }

    [Test]
    public void Fit_SanityCheckPasses_TrainsAsWithout()
    {
        Trainer<double, ReadOnlyMemory<int>> with = Blobs.Trainer(), without = Blobs.Trainer();
        with.SanityChecks = SanityCheckOptions.Default with { InitialLossTolerance = 1 };
        DataSet<double> data = Blobs.Points(60, seed: 1);

        with.Fit(data, epochs: 2);
        without.Fit(data, epochs: 2);

        Blobs.Weights(with.Network).ShouldBe(Blobs.Weights(without.Network));
    }

    [Test]
    public void Trainer_OptimizerOfAnotherNetwork_IsRefused()
    {
        Sequential<double> net = Blobs.Network(), other = Blobs.Network();

        Should.Throw<ArgumentException>(() => Trainer.For(net, new SoftmaxCrossEntropy<double>(), new SGD<double>(other.Parameters, 0.1)))
            .Message.ShouldStartWith("SGD trains no parameter of Sequential(Linear(2 → 8)");
    }

    [Test]
    public void Trainer_SettingsOutOfRange_AreRefused()
    {
        Trainer<double, ReadOnlyMemory<int>> trainer = Blobs.Trainer();

        Should.Throw<ArgumentOutOfRangeException>(() => trainer.MaxGradientNorm = 0);
        Should.Throw<ArgumentOutOfRangeException>(() => trainer.MaxGradientValue = double.NaN);
        Should.Throw<ArgumentOutOfRangeException>(() => trainer.SafeguardInterval = 0);
        Should.Throw<ArgumentException>(() => trainer.Callbacks = [null!]).Message.ShouldContain("position 0");
        Should.Throw<ArgumentNullException>(() => trainer.Metrics = null!);
        Should.Throw<ArgumentOutOfRangeException>(() => trainer.Fit(Blobs.Points(3, seed: 1), epochs: 0));
        Should.Throw<ArgumentException>(() => trainer.Fit([], epochs: 1)).Message.ShouldContain("no batches");
        Should.Throw<ArgumentException>(() => trainer.Evaluate([])).Message.ShouldContain("no batches");
    }

    [Test]
    public void Fit_TwoMetricsOfOneName_SaysSo()
    {
        Trainer<double, ReadOnlyMemory<int>> trainer = Blobs.Trainer();
        trainer.Metrics = [new Accuracy<double>(), new Accuracy<double>()];
        DataSet<double> data = Blobs.Points(30, seed: 1);

        Should.Throw<InvalidOperationException>(() => trainer.Fit(data, epochs: 1, validation: data)).Message.ShouldContain("'validation accuracy'");
        trainer.Optimizer.Steps.ShouldBe(0);
    }
}
