using NeuralNet.Core;
using NeuralNet.Core.Gates;
using NeuralNet.Layers;
using NeuralNet.Training.Data;
using NeuralNet.Training.Fitting;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Metrics;
using NeuralNet.Training.Optimizers;
using NeuralNet.Training.Schedules;

namespace NeuralNet.Tests.Training.Fitting;

/// <summary>The trainer with what stands beside it: weight averages, schedules, layers that behave otherwise in training.</summary>
internal sealed class TrainerPartsTests
{
    private static readonly DataSet<double> Data = Blobs.Points(40, seed: 1);

    [Test]
    public void Fit_WeightAverage_IsMeasuredAndLeftInTheNetwork()
    {
        Trainer<double, ReadOnlyMemory<int>> trainer = Blobs.Trainer(), plain = Blobs.Trainer();
        var average = new ExponentialMovingAverage<double>(trainer.Network.Parameters, decay: 0.5);
        trainer.WeightAverage = average;
        List<double[]> weights = [], seen = [];
        trainer.Callbacks = [new RecordingCallback(atEpoch: state => seen.Add(Blobs.Weights(state.Network)))];
        plain.Callbacks = [new RecordingCallback(atStep: state => weights.Add(Blobs.Weights(state.Network)))];
        double[] mean = Blobs.Weights(plain.Network);

        TrainingHistory history = trainer.Fit(Data, epochs: 2, batchSize: 20, validation: Data);
        plain.Fit(Data, epochs: 2, batchSize: 20);

        // By hand: the mean moves half of the way after each step.
        List<double[]> means = [];
        foreach (double[] step in weights)
        {
            mean = [.. mean.Zip(step, (a, b) => (a + b) / 2)];
            means.Add(mean);
        }

        ShouldBeNear(seen[0], means[1]);
        ShouldBeNear(seen[1], means[3]);
        ShouldBeNear(Blobs.Weights(trainer.Network), means[3]);
        history.Last.ValidationLoss.ShouldBe(trainer.Evaluate(Data).Loss);
        average.IsApplied.ShouldBeFalse();
        history.Curve("training loss").ShouldBe(plain.History.Curve("training loss"));
    }

    // No batch comes after it whose loss would tell.
    [Test]
    public void Fit_LastStepMadeAWeightInfinite_StopsWithTheWeightsBefore()
    {
        Trainer<double, ReadOnlyMemory<int>> trainer = Blobs.Trainer();
        trainer.Callbacks = [new RecordingCallback(atStep: state =>
        {
            if (state is { Epoch: 2, Step: 2 })
            {
                state.Network.Parameters[0].Parameter.Value[0, 0] = double.PositiveInfinity;
            }
        })];

        string error = Should.Throw<NotFiniteNumberException>(() => trainer.Fit(Data, epochs: 3, batchSize: 20)).Message;

        error.ShouldContain("Parameter 0.weight of Linear(2 → 8) is not finite");
        error.ShouldContain("the last that were looked at and good, are in the network again.");
        Blobs.Weights(trainer.Network).ShouldAllBe(weight => double.IsFinite(weight));
        trainer.History.Epochs.Count.ShouldBe(1);
    }

    // The rate is so small that no weight moves: with the same batch each step has the same gradient, and none is added to that of the step before.
    [Test]
    public void Fit_PartThatIsNotTrained_HasTheGradientOfTheLastBatchAlone()
    {
        var network = new Sequential<double>(new Linear<double>(2, 4, new Random(1)), new Linear<double>(4, 3, new Random(2)));
        var beside = new Parameter<double>(Matrices.FromRows<double>([1, 2]));
        Trainer<double, ReadOnlyMemory<int>> trainer = Trainer.For(
            network, new SoftmaxCrossEntropy<double>(), new SGD<double>([.. network.Layers[1].Parameters, new("beside", beside)], 1e-300));
        List<(double[] Frozen, double[] Beside)> seen = [];
        trainer.Callbacks = [new RecordingCallback(atStep: _ =>
        {
            seen.Add((network.Parameters[0].Parameter.Gradient.AsColumnMajorArray().ToArray(), beside.Gradient.AsColumnMajorArray().ToArray()));

            // As a term of somebody's own would, before the next step.
            beside.AddToGradient(beside.Value);
        })];

        trainer.Fit(new BatchLoader<double>(Data, 40), epochs: 3);

        seen.Count.ShouldBe(3);
        seen.ShouldAllBe(step => step.Frozen.SequenceEqual(seen[0].Frozen) && step.Beside.All(gradient => gradient == 0));
        seen[0].Frozen.ShouldContain(gradient => gradient != 0);
    }

    [Test]
    public void Fit_WeightAverageAndEarlyStopping_RestoresTheAverageThatWasBest()
    {
        Trainer<double, ReadOnlyMemory<int>> trainer = Blobs.Trainer();
        trainer.WeightAverage = new ExponentialMovingAverage<double>(trainer.Network.Parameters, decay: 0.9);
        List<double[]> seen = [];
        trainer.Metrics = [new ScriptedMetric(true, 1, 3, 2, 2)];
        trainer.Callbacks = [new RecordingCallback(atEpoch: state => seen.Add(Blobs.Weights(state.Network))), new EarlyStopping<double>(2, "validation score")];

        trainer.Fit(Data, epochs: 9, validation: Data).Epochs.Count.ShouldBe(4);

        Blobs.Weights(trainer.Network).ShouldBe(seen[1]);
    }

    [Test]
    public void Fit_ReduceOnPlateau_IsToldEachEpochsValidationLoss()
    {
        // A rate of 0 learns nothing, so each epoch after the first is one without improvement.
        var plateau = new ReduceOnPlateau(factor: 0.5, patience: 1);
        Sequential<double> net = Blobs.Network();
        var trainer = Trainer.For(net, new SoftmaxCrossEntropy<double>(), new SGD<double>(net.Parameters, 0.0, schedule: plateau));

        trainer.Fit(Data, epochs: 6, validation: Data);

        // Reduced when more than one epoch in a row is no better: after epoch 3 and after epoch 5, as PyTorch counts patience.
        plateau.Factor(0).ShouldBe(0.25);
    }

    [Test]
    public void Fit_ReduceOnPlateauWithinOthers_IsToldToo()
    {
        var plateau = new ReduceOnPlateau(factor: 0.5, patience: 1);
        Sequential<double> net = Blobs.Network();
        LearningRateSchedule schedule = new LinearWarmup(3).Then(3, new ConstantRate().Times(plateau));

        Trainer.For(net, new SoftmaxCrossEntropy<double>(), new SGD<double>(net.Parameters, 0.0, schedule: schedule)).Fit(Data, epochs: 6, batchSize: 40);

        plateau.Factor(0).ShouldBe(0.25);
    }

    [Test]
    public void Fit_ReduceOnPlateauOfWhatIsToGrow_IsRefused()
    {
        Sequential<double> net = Blobs.Network();
        var sgd = new SGD<double>(net.Parameters, 0.1, schedule: new ReduceOnPlateau(larger: true));

        Should.Throw<InvalidOperationException>(() => Trainer.For(net, new SoftmaxCrossEntropy<double>(), sgd).Fit(Data, epochs: 1))
            .Message.ShouldEndWith("this one was made with larger: true.");
        sgd.Steps.ShouldBe(0);
    }

    [Test]
    public void Fit_MaskOfInfinityBeforeASoftmax_IsMeant()
    {
        // Softmax makes 0 of −∞, and its gradient there is 0.
        var net = new Sequential<double>(new Linear<double>(2, 3, new Random(1)), new MaskLastColumn(), new Softmax<double>());
        var trainer = Trainer.For(net, new MeanSquaredError<double>(), new SGD<double>(net.Parameters, 0.1));
        trainer.SafeguardInterval = 1;

        trainer.Fit(Data.WithTargets(new double[120], 3), epochs: 2).End.ShouldBe(TrainingEnd.Completed);
    }

    [Test]
    public void Fit_Schedule_ShowsTheRateOfTheLastStep()
    {
        Sequential<double> net = Blobs.Network();
        var trainer = Trainer.For(net, new SoftmaxCrossEntropy<double>(), new SGD<double>(net.Parameters, 0.1, schedule: new StepDecay(every: 2, gamma: 0.5)));

        TrainingHistory history = trainer.Fit(Data, epochs: 3, batchSize: 20);

        history.Curve("learning rate").ShouldBe([0.1, 0.05, 0.025]);
    }

    [Test]
    public void Fit_ScheduleGoneOnWith_TakesTheRatesOfOneRun()
    {
        double[] Rates(Action<Trainer<double, ReadOnlyMemory<int>>, BatchLoader<double>> fit)
        {
            Sequential<double> net = Blobs.Network();
            var trainer = Trainer.For(net, new SoftmaxCrossEntropy<double>(), new SGD<double>(net.Parameters, 0.1, schedule: new CosineAnnealing(8)));
            List<double> rates = [];
            trainer.Callbacks = [new RecordingCallback(atEpoch: state => rates.Add(state.History.Last["learning rate"]))];
            fit(trainer, new BatchLoader<double>(Data, 20, seed: 3));
            return [.. rates, .. Blobs.Weights(net)];
        }

        double[] once = Rates((trainer, batches) => trainer.Fit(batches, epochs: 4));
        double[] twice = Rates((trainer, batches) =>
        {
            trainer.Fit(batches, epochs: 1);
            trainer.Fit(batches, epochs: 3);
        });

        twice.ShouldBe(once);
    }

    [Test]
    public void Fit_DropoutAndBatchNorm_AreEvaluatedAsTheNetworkIsUsed()
    {
        var random = new Random(1);
        var net = new Sequential<double>(
            new Linear<double>(2, 8, random), new BatchNorm<double>(8), new Dropout<double>(0.5, new NeuralNet.Core.Randomness.Philox(1)), new Linear<double>(8, 3, random));
        Trainer<double, ReadOnlyMemory<int>> trainer = Blobs.Trainer(net);
        trainer.Metrics = [new LogLoss<double>()];

        TrainingHistory history = trainer.Fit(Data, epochs: 3, batchSize: 20, validation: Data);

        // By hand, through a forward pass without a cache.
        double byHand = new SoftmaxCrossEntropy<double>().Forward(net.Forward(Inputs()), Enumerable.Range(0, 40).Select(i => i % 3).ToArray());
        history.Last.ValidationLoss!.Value.ShouldBe(byHand, 1e-12);
        history.Last["validation log loss"].ShouldBe(byHand, 1e-12);
    }

    private sealed class MaskLastColumn : Layer<double>
    {
        protected override Matrix<double> ForwardCore(Matrix<double> input, Cache<double> cache)
        {
            Matrix<double> output = cache.Buffer(0, input.RowCount, input.ColumnCount);
            input.CopyTo(output);
            output.SetColumn(input.ColumnCount - 1, [.. Enumerable.Repeat(double.NegativeInfinity, input.RowCount)]);
            return output;
        }

        protected override Matrix<double> BackwardCore(Matrix<double> upstream, Matrix<double> input, Matrix<double> output, bool isInputWanted, Cache<double> cache)
        {
            Matrix<double> downstream = cache.Buffer(1, input.RowCount, input.ColumnCount);
            upstream.CopyTo(downstream);
            downstream.ClearColumn(input.ColumnCount - 1);
            return downstream;
        }
    }

    private static Matrix<double> Inputs()
    {
        foreach (Batch<double> batch in new BatchLoader<double>(Data, 40))
        {
            return batch.Inputs;
        }

        throw new InvalidOperationException("There is one batch.");
    }

    private static void ShouldBeNear(double[] actual, double[] expected) => actual.Zip(expected, (a, b) => Math.Abs(a - b)).Max().ShouldBeLessThan(1e-13);
}
