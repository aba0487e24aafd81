using NeuralNet.Core;
using NeuralNet.Layers;
using NeuralNet.Training.Data;
using NeuralNet.Training.Fitting;

namespace NeuralNet.Tests.Training.Fitting;

/// <summary>Trainings that end before their last epoch: early stopping, cancellation, numbers that are not finite.</summary>
internal sealed class TrainerEndTests
{
    private static readonly DataSet<double> Data = Blobs.Points(40, seed: 1);

    // Best at epoch 3 (higher is better); epochs 4 and 5 are no better, so patience 2 ends after 5.
    [TestCase(true, new[] { 0.5, 0.6, 0.9, 0.9, 0.8, 0.99 }, 2, 0, 3, 5)]
    // Lower is better: best at epoch 1.
    [TestCase(false, new[] { 0.1, 0.6, 0.9, 0.9, 0.8, 0.99 }, 3, 0, 1, 4)]
    // Each gain is smaller than the change that counts.
    [TestCase(true, new[] { 0.5, 0.55, 0.58, 0.7, 0.75, 0.76 }, 2, 0.1, 1, 3)]
    // NaN is no improvement, but the number after it is.
    [TestCase(true, new[] { double.NaN, 0.5, 0.4, 0.3, 0.2, 0.1 }, 3, 0, 2, 5)]
    // Patience is not used up.
    [TestCase(true, new[] { 0.1, 0.2, 0.15, 0.3, 0.25, 0.4 }, 2, 0, 6, 6)]
    public void EarlyStopping_Script_StopsAfterPatienceAndRestoresTheBest(
        bool isHigherBetter, double[] script, int patience, double change, int best, int last)
    {
        Trainer<double, ReadOnlyMemory<int>> trainer = Blobs.Trainer();
        List<double[]> weights = [];
        var stopping = new EarlyStopping<double>(patience, "validation score", change);
        trainer.Metrics = [new ScriptedMetric(isHigherBetter, script)];
        trainer.Callbacks = [new RecordingCallback(atEpoch: state => weights.Add(Blobs.Weights(state.Network))), stopping];

        TrainingHistory history = trainer.Fit(Data, epochs: 6, validation: Data);

        history.Epochs.Count.ShouldBe(last);
        stopping.BestEpoch.ShouldBe(best);
        stopping.Best.ShouldBe(script[best - 1]);
        Blobs.Weights(trainer.Network).ShouldBe(weights[best - 1]);
        history.End.ShouldBe(last < 6 ? TrainingEnd.Stopped : TrainingEnd.Completed);
        if (last < 6)
        {
            history.EndReason.ShouldStartWith($"stopped early after epoch {last}: validation score was best in epoch {best}");
        }
    }

    [Test]
    public void EarlyStopping_WithoutRestoring_KeepsTheLastWeights()
    {
        Trainer<double, ReadOnlyMemory<int>> trainer = Blobs.Trainer(), plain = Blobs.Trainer();
        trainer.Metrics = [new ScriptedMetric(true, 3, 2, 1)];
        trainer.Callbacks = [new EarlyStopping<double>(2, "validation score", restoresBest: false)];

        trainer.Fit(Data, epochs: 9, validation: Data).Epochs.Count.ShouldBe(3);
        plain.Fit(Data, epochs: 3);

        Blobs.Weights(trainer.Network).ShouldBe(Blobs.Weights(plain.Network));
    }

    [Test]
    public void EarlyStopping_FigureThatIsNotThere_NamesThoseThatAre()
    {
        Trainer<double, ReadOnlyMemory<int>> trainer = Blobs.Trainer();
        trainer.Callbacks = [new EarlyStopping<double>(1)];

        Should.Throw<InvalidOperationException>(() => trainer.Fit(Data, epochs: 1)).Message.ShouldBe(
            "Early stopping watches 'validation loss', but the figures of an epoch are: training loss, learning rate. " +
            "Figures of validation need validation data, given to Fit.");
        trainer.Optimizer.Steps.ShouldBe(0);
        trainer.Callbacks = [new EarlyStopping<double>(1, "validation F1")];
        Should.Throw<InvalidOperationException>(() => trainer.Fit(Data, epochs: 1, validation: Data)).Message.ShouldBe(
            "Early stopping watches 'validation F1', but the figures of an epoch are: training loss, validation loss, learning rate.");
    }

    [Test]
    public void Fit_TokenCanceledInAStep_StopsAfterThatStep()
    {
        using var source = new CancellationTokenSource();
        Trainer<double, ReadOnlyMemory<int>> trainer = Blobs.Trainer(), plain = Blobs.Trainer();
        var recording = new RecordingCallback(atStep: state => CancelAt(source, state, epoch: 2, step: 3));
        trainer.Callbacks = [recording];

        TrainingHistory history = trainer.Fit(Data, epochs: 9, batchSize: 10, cancellation: source.Token);

        history.End.ShouldBe(TrainingEnd.Canceled);
        history.Epochs.Count.ShouldBe(1);
        trainer.Optimizer.Steps.ShouldBe(7);
        recording.Calls[^2..].ShouldBe(["step 2.3", "end"]);
        plain.Callbacks = [new RecordingCallback(atStep: state => StopAt(state, epoch: 2, step: 3))];
        plain.Fit(Data, epochs: 9, batchSize: 10).End.ShouldBe(TrainingEnd.Stopped);
        Blobs.Weights(trainer.Network).ShouldBe(Blobs.Weights(plain.Network));
        trainer.Evaluate(Data).Samples.ShouldBe(40);
    }

    [Test]
    public void Fit_TokenCanceledInTheLastStepOfAnEpoch_CompletesTheEpoch()
    {
        using var source = new CancellationTokenSource();
        Trainer<double, ReadOnlyMemory<int>> trainer = Blobs.Trainer();
        trainer.Callbacks = [new RecordingCallback(atStep: state => CancelAt(source, state, epoch: 1, step: 4))];

        TrainingHistory history = trainer.Fit(Data, epochs: 2, batchSize: 10, cancellation: source.Token);

        history.Epochs.Count.ShouldBe(1);
        history.End.ShouldBe(TrainingEnd.Canceled);
    }

    [Test]
    public void Fit_TokenCanceledBefore_TakesNoStep()
    {
        Trainer<double, ReadOnlyMemory<int>> trainer = Blobs.Trainer();

        TrainingHistory history = trainer.Fit(Data, epochs: 2, cancellation: new CancellationToken(canceled: true));

        history.End.ShouldBe(TrainingEnd.Canceled);
        trainer.Optimizer.Steps.ShouldBe(0);
        history.Epochs.ShouldBeEmpty();
    }

    [Test]
    public void Fit_DataHoldNaN_NamesThemAndKeepsTheGoodWeights()
    {
        Trainer<double, ReadOnlyMemory<int>> trainer = Blobs.Trainer();
        trainer.Fit(Data, epochs: 1, batchSize: 10);
        double[] good = Blobs.Weights(trainer.Network);
        var bad = new DataSet<double>([0, 1, double.NaN, 1], [0, 1], 2, 3);

        NotFiniteNumberException error = Should.Throw<NotFiniteNumberException>(() => trainer.Fit(bad, epochs: 1));

        error.Message.ShouldStartWith("Training stopped at step 4: the loss is NaN. The network's input is not finite already");
        Blobs.Weights(trainer.Network).ShouldBe(good);
    }

    // With an interval of 100 only the first step's weights were copied: the last that are known to be good.
    [TestCase(1, 2)]
    [TestCase(100, 0)]
    public void Fit_LossThatRunsAway_GivesTheLastGoodWeightsAndVelocitiesBack(int interval, int steps)
    {
        Trainer<double, ReadOnlyMemory<int>> trainer = Blobs.Trainer();
        List<(double[] Weights, double[] Velocity)> before = [Snapshot(trainer)];
        trainer.SafeguardInterval = interval;
        var average = new NeuralNet.Training.Optimizers.ExponentialMovingAverage<double>(trainer.Network.Parameters, 0.5);
        trainer.WeightAverage = average;
        trainer.Callbacks =
        [
            new RecordingCallback(atStep: state =>
            {
                before.Add(Snapshot(trainer));
                if (state.Step == 3)
                {
                    // What an overflow in a step would leave behind.
                    trainer.Network.Parameters[2].Parameter.Value.At(0, 0, double.PositiveInfinity);
                }
            }),
        ];

        NotFiniteNumberException error = Should.Throw<NotFiniteNumberException>(() => trainer.Fit(Data, epochs: 1, batchSize: 10));

        error.Message.ShouldContain("Training stopped at step 3");
        error.Message.ShouldContain("Parameter 2.weight of Linear(8 → 3) is not finite");
        error.Message.ShouldEndWith($"The weights after {steps} steps, the last that were looked at and good, are in the network again.");
        trainer.Optimizer.Steps.ShouldBe(steps);
        Blobs.Weights(trainer.Network).ShouldBe(before[steps].Weights);
        Snapshot(trainer).Velocity.ShouldBe(before[steps].Velocity);
        average.Updates.ShouldBe(steps);
        trainer.History.Epochs.ShouldBeEmpty();
    }

    [Test]
    public void Fit_GradientThatOverflows_IsNamedBeforeItReachesTheWeights()
    {
        // Loss and outputs are finite; the gradient by the weight is the input times 2 (prediction − target), beyond the largest double.
        var net = new Linear<double>(1, 1, new Random(1));
        net.Weight.Value.At(0, 0, 1e-150);
        var trainer = Trainer.For(net, new NeuralNet.Training.Losses.MeanSquaredError<double>(), new NeuralNet.Training.Optimizers.SGD<double>(net.Parameters, 0.1));
        trainer.SafeguardInterval = 1;
        var batch = new Batch<double>(Matrices.FromRows<double>([1e200]), Matrices.FromRows<double>([-1e150]));

        NotFiniteNumberException error = Should.Throw<NotFiniteNumberException>(() => trainer.Fit([batch], epochs: 1));

        error.Message.ShouldStartWith("Training stopped at step 0. The gradient of parameter weight of Linear(1 → 1) is not finite");
        net.Weight.Value.At(0, 0).ShouldBe(1e-150);
    }

    [Test]
    public void Fit_GradientByRowsThatOverflows_IsNamedToo()
    {
        // As above, through a table of which one row is read.
        Matrix<double> table = Matrices.FromRows<double>([1e-150], [1e-150], [1e-150]);
        var net = new Sequential<double>(new Embedding<double>(table), new NeuralNet.Core.Functions.Scale<double>(1e200));
        var trainer = Trainer.For(net, new NeuralNet.Training.Losses.MeanSquaredError<double>(), new NeuralNet.Training.Optimizers.SGD<double>(net.Parameters, 0.1));
        trainer.SafeguardInterval = 1;
        var batch = new Batch<double>(Matrices.FromRows<double>([2]), Matrices.FromRows<double>([-1e150]));

        NotFiniteNumberException error = Should.Throw<NotFiniteNumberException>(() => trainer.Fit([batch], epochs: 1));

        error.Message.ShouldStartWith("Training stopped at step 0. The gradient of parameter 0.weight of Embedding(3 × 1) is not finite: Infinity at row 2, column 0");
        table[2, 0].ShouldBe(1e-150);
    }

    private static (double[] Weights, double[] Velocity) Snapshot(Trainer<double, ReadOnlyMemory<int>> trainer) =>
        (Blobs.Weights(trainer.Network), [.. trainer.Optimizer.States.SelectMany(state => state.Value.AsSpan().ToArray())]);

    private static void CancelAt(CancellationTokenSource source, TrainingState<double> state, int epoch, int step)
    {
        if (state.Epoch == epoch && state.Step == step)
        {
            source.Cancel();
        }
    }

    private static void StopAt(TrainingState<double> state, int epoch, int step)
    {
        if (state.Epoch == epoch && state.Step == step)
        {
            state.Stop("enough");
        }
    }
}
