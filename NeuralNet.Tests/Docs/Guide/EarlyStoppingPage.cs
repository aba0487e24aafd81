using NeuralNet.Layers;
using NeuralNet.Tests.Training.Fitting;
using NeuralNet.Training.Data;
using NeuralNet.Training.Fitting;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Metrics;
using NeuralNet.Training.Optimizers;
using NeuralNet.Training.Schedules;

namespace NeuralNet.Tests.Docs.Guide;

/// <summary>The rest of docs/guide/early-stopping.md.</summary>
internal sealed class EarlyStoppingPage
{
    private static readonly DataSet<double> Train = Blobs.Points(120, seed: 1), Validation = Blobs.Points(60, seed: 2);

    [Test]
    public void Accuracy_Monitored_IsBetterWhereHigher()
    {
        Trainer<double, ReadOnlyMemory<int>> trainer = Blobs.Trainer();
        var (train, validation) = (Train, Validation);
        #region accuracy
        trainer.Metrics = [new Accuracy<double>()];
        var stopping = new EarlyStopping<double>(patience: 3, monitored: "validation accuracy");
        trainer.Callbacks = [stopping];
        trainer.Fit(train, epochs: 100, validation: validation);
        #endregion

        stopping.Best.ShouldBe(trainer.History.Curve("validation accuracy").Max());
        trainer.History.End.ShouldBe(TrainingEnd.Stopped);
    }

    [Test]
    public void Token_Canceled_EndsTheTrainingWithAHistory()
    {
        Trainer<double, ReadOnlyMemory<int>> trainer = Blobs.Trainer();
        DataSet<double> train = Train;
        trainer.Callbacks = [new Stopwatch()];
        #region cancellation
        using var source = new CancellationTokenSource(TimeSpan.FromMinutes(10));  // or source.Cancel(), by a key, a button, a request
        TrainingHistory history = trainer.Fit(train, epochs: 100, cancellation: source.Token);
        bool wasCanceled = history.End == TrainingEnd.Canceled;                    // no exception: the network is as the last step left it
        #endregion

        wasCanceled.ShouldBeFalse();
        source.Cancel();
        trainer.Fit(train, epochs: 100, cancellation: source.Token).End.ShouldBe(TrainingEnd.Canceled);
    }

    [Test]
    public void Plateau_InTheSchedule_LowersTheRate()
    {
        Sequential<double> net = Blobs.Network();
        var (train, validation) = (Train, Validation);
        #region plateau
        var plateau = new ReduceOnPlateau(factor: 0.5, patience: 2, threshold: 0.05);
        var trainer = Trainer.For(net, new SoftmaxCrossEntropy<double>(), new Adam<double>(net.Parameters, 0.1, plateau));
        trainer.Callbacks = [new EarlyStopping<double>(patience: 8)];
        TrainingHistory history = trainer.Fit(train, epochs: 200, validation: validation);
        Console.WriteLine(string.Join(" ", history.Curve("learning rate")));
        #endregion

        history.Curve("learning rate")[^1].ShouldBeLessThan(0.1);
    }

    [Test]
    public void Average_OfTheWeights_IsWhatTheNetworkHolds()
    {
        Sequential<double> net = Blobs.Network();
        Trainer<double, ReadOnlyMemory<int>> trainer = Blobs.Trainer(net);
        var (train, validation) = (Train, Validation);
        #region average
        trainer.WeightAverage = new ExponentialMovingAverage<double>(net.Parameters, decay: 0.99, warmUp: true);
        trainer.Fit(train, epochs: 20, validation: validation);
        #endregion

        trainer.Evaluate(validation).Loss.ShouldBe(trainer.History.Last.ValidationLoss!.Value);
        trainer.WeightAverage.Updates.ShouldBe(80);
    }

    #region callback
    /// <summary>Ends a training when its time is up.</summary>
    private sealed class Stopwatch : TrainingCallback<double>
    {
        private readonly DateTime _end = DateTime.UtcNow.AddMinutes(1);

        public override void OnEpoch(TrainingState<double> state, EpochRecord record)
        {
            if (DateTime.UtcNow > _end)
            {
                state.Stop("the minute is over");
            }
        }
    }
    #endregion

    [Test]
    public void Monitored_WithoutValidation_IsRefused()
    {
        Trainer<double, ReadOnlyMemory<int>> trainer = Blobs.Trainer();
        trainer.Callbacks = [new EarlyStopping<double>(patience: 3)];
        Quoted.ShouldBe(Should.Throw<InvalidOperationException>(() => trainer.Fit(Train, epochs: 2)), "docs/guide/early-stopping.md", "no-validation");
    }
}
