using System.Numerics;
using NeuralNet.Core;
using NeuralNet.Core.Ranks;
using NeuralNet.Training.Checkpoints;
using NeuralNet.Training.Data;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Metrics;
using NeuralNet.Training.Optimizers;
using NeuralNet.Training.Ranks;
using NeuralNet.Training.SanityChecking;

namespace NeuralNet.Training.Fitting;

/// <summary>The training loop with what one wants around it: validation, metrics, early stopping, clipping, averaging, progress. Nothing in it is hidden: what
/// it does at each step could be written by hand, and <see cref="TrainingStep{T, TTarget}"/> is where it stands.</summary>
/// <example>
/// <code>
/// var trainer = Trainer.For(net, new SoftmaxCrossEntropy&lt;float&gt;(), new Adam&lt;float&gt;(net.Parameters, 0.001f));
/// trainer.Metrics = [new Accuracy&lt;float&gt;()];
/// trainer.Callbacks = [new EarlyStopping&lt;float&gt;(patience: 5)];
/// TrainingHistory history = trainer.Fit(train, epochs: 50, validation: validation);
/// </code>
/// </example>
/// <remarks>
/// <para><b>A step</b>: forward, loss, gradients to zero, backward, regularisation, clipping, update, average.</para>
/// <para><b>Numbers that are not finite</b> end a training with a <see cref="NotFiniteNumberException"/> that names the step and where they are, and the last good
/// weights, averages and optimiser's states are put back. The loss is looked at in each step, parameters and gradients every <see cref="SafeguardInterval"/> steps
/// and after each epoch, when good ones are copied.</para>
/// <para><b>Allocation.</b> A steady step allocates nothing beyond what a callback or the batches do. <b>Threads.</b> One training at a time.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <typeparam name="TTarget">What the loss compares with.</typeparam>
public sealed class Trainer<T, TTarget> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Evaluator<T, TTarget> _evaluator;
    private DataParallel<T>? _parallel;

    /// <summary>A trainer.</summary>
    /// <param name="network">The network.</param>
    /// <param name="loss">The loss of its output.</param>
    /// <param name="optimizer">What moves its parameters.</param>
    /// <param name="target">What of a batch the loss compares with; null (the default) for its labels or its targets, as the loss takes.</param>
    /// <exception cref="ArgumentException">The loss compares with something else, and <paramref name="target"/> is not given; or none of the network's parameters is one
    /// of the optimiser's, so that it would never learn.</exception>
    public Trainer(Layer<T> network, Loss<T, TTarget> loss, Optimizer<T> optimizer, Func<Batch<T>, TTarget>? target = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(optimizer);
        var own = network.Parameters.Select(named => named.Parameter).ToHashSet();
        if (!optimizer.Groups.SelectMany(group => group.Parameters).Any(named => own.Contains(named.Parameter)))
        {
            throw new ArgumentException($"{optimizer} trains no parameter of {network}: make it from this network's Parameters.", nameof(optimizer));
        }

        (Network, Loss, Optimizer) = (network, loss, optimizer);
        Target = target ?? BatchTarget.Of<T, TTarget>();
        _evaluator = new Evaluator<T, TTarget>(network, loss, Target);
    }

    /// <summary>The network.</summary>
    public Layer<T> Network { get; }

    /// <summary>The loss.</summary>
    public Loss<T, TTarget> Loss { get; }

    /// <summary>The optimiser. Its rate follows its schedule; a <see cref="Schedules.ReduceOnPlateau"/>, alone or in another schedule, is told the validation loss of each
    /// epoch, or the training loss without validation; one for which larger is better is refused.</summary>
    public Optimizer<T> Optimizer { get; }

    /// <summary>What of a batch the loss compares with.</summary>
    public Func<Batch<T>, TTarget> Target { get; }

    /// <summary>What is measured on the validation data after each epoch; by default nothing but the loss.</summary>
    public IReadOnlyList<Metric<T, TTarget>> Metrics { get; set => field = Require.List(value); } = [];

    /// <summary>What is measured on the training batches as they pass, with the mode and the weights of training; by default nothing but the loss. Objects of
    /// their own, not those of <see cref="Metrics"/>.</summary>
    public IReadOnlyList<Metric<T, TTarget>> TrainingMetrics { get; set => field = Require.List(value); } = [];

    /// <summary>Terms that are added to the loss, and not to the figures shown; by default none.</summary>
    public IReadOnlyList<Regularization<T>> Regularization { get; set => field = Require.List(value); } = [];

    /// <summary>Told what the training does, in this order; by default none.</summary>
    public IReadOnlyList<TrainingCallback<T>> Callbacks { get; set => field = Require.List(value); } = [];

    /// <summary>The largest norm that all gradients together may have; larger ones are scaled down (<see cref="GradientClipping.ByGlobalNorm"/>). Null, the default: any.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a finite number above 0.</exception>
    public T? MaxGradientNorm { get; set => field = Require.PositiveOrNull(value); }

    /// <summary>The largest magnitude that an entry of a gradient may have; larger ones are cut (<see cref="GradientClipping.ByValue"/>), before the norm is. Null, the
    /// default: any.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a finite number above 0.</exception>
    public T? MaxGradientValue { get; set => field = Require.PositiveOrNull(value); }

    /// <summary>A moving average of the weights: updated after each step, measured by validation, and what the network holds when the training is over. Null, the
    /// default: none.</summary>
    public ExponentialMovingAverage<T>? WeightAverage { get; set; }

    /// <summary>Sanity checks that run before the first epoch, on up to 32 samples; a check that fails stops the training before it begins. Null, the default: none.</summary>
    public SanityCheckOptions? SanityChecks { get; set; }

    /// <summary>Saves the training as it goes on, and goes on from what was saved; see <see cref="CheckpointSettings{T}"/>. Null, the default: no checkpoints.</summary>
    public CheckpointSettings<T>? Checkpoints { get; set; }

    /// <summary>The ranks that train together, each with its part of every batch and of the validation: <c>trainer.Ranks = Communicator.Start();</c>. Null, the default: this process alone.</summary>
    /// <remarks>
    /// <para>See <see cref="DataParallel{T}"/>. Figures are those of all ranks, the same everywhere, except a step's <see cref="TrainingState{T}.Loss"/>, which is that of this rank's
    /// part. Rank 0 alone reports progress, writes checkpoints, and calls the callbacks that are <see cref="TrainingCallback{T}.IsForFirstRankOnly"/>.</para>
    /// <para>An exception on one rank ends the whole job, with a message that names it. Batches that are no loader's are cut (<see cref="Batch{T}.Part"/>).</para>
    /// </remarks>
    public ICommunicator? Ranks { get; set; }

    /// <summary>Every how many steps parameters and gradients are looked at and the weights copied, 1 or more; 100 by default. With 1 a gradient that is not finite
    /// never reaches the weights, at the cost of a pass over both.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is less than 1.</exception>
    public int SafeguardInterval
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 100;

    /// <summary>The history of the last training, also of one that an exception ended.</summary>
    public TrainingHistory History { get; private set; } = new();

    /// <summary>Trains on a data set, in batches whose order a seed makes, another one in each epoch.</summary>
    /// <param name="train">The samples.</param>
    /// <param name="epochs">Passes over them, 1 or more.</param>
    /// <param name="batchSize">Samples in a batch, 1 or more; 32 by default.</param>
    /// <param name="seed">What the order is made from; 0 by default.</param>
    /// <param name="validation">Samples to measure on after each epoch; none by default.</param>
    /// <param name="progress">Told how far it is, some ten times a second and after each epoch.</param>
    /// <param name="cancellation">Ends the training after the step under way; the network is then as that step left it, and the history says so.</param>
    /// <returns>The history.</returns>
    /// <exception cref="NotFiniteNumberException">A loss, a parameter or a gradient is NaN or infinite; the last good weights were put back.</exception>
    /// <exception cref="InvalidOperationException">A sanity check failed, two metrics have one name, or <see cref="EarlyStopping{T}"/> watches a figure that there will not be;
    /// nothing was trained.</exception>
    public TrainingHistory Fit(
        DataSet<T> train, int epochs, int batchSize = 32, long seed = 0, DataSet<T>? validation = null,
        IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default) =>
        Fit(
            new BatchLoader<T>(train, batchSize, seed), epochs,
            validation is null ? null : new BatchLoader<T>(validation, Evaluator<T, TTarget>.BatchSize), progress, cancellation);

    /// <summary>Trains on batches.</summary>
    /// <param name="batches">The batches of an epoch, enumerated once an epoch: a <see cref="BatchLoader{T}"/>, or somebody's own.</param>
    /// <param name="epochs">Passes over them, 1 or more.</param>
    /// <param name="validation">Batches to measure on after each epoch; none by default.</param>
    /// <param name="progress">Told how far it is, some ten times a second and after each epoch.</param>
    /// <param name="cancellation">Ends the training after the step under way; the network is then as that step left it, and the history says so.</param>
    /// <returns>The history.</returns>
    /// <exception cref="ArgumentException">An epoch has no batches.</exception>
    /// <exception cref="NotFiniteNumberException">A loss, a parameter or a gradient is NaN or infinite; the last good weights were put back.</exception>
    /// <exception cref="InvalidOperationException">A sanity check failed, two metrics have one name, or <see cref="EarlyStopping{T}"/> watches a figure that there will not be;
    /// nothing was trained.</exception>
    public TrainingHistory Fit(
        IEnumerable<Batch<T>> batches, int epochs, IEnumerable<Batch<T>>? validation = null,
        IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(batches);
        ArgumentOutOfRangeException.ThrowIfLessThan(epochs, 1);
        History = new TrainingHistory();
        CheckSanity(batches);
        BatchLoader<T>? loader = Checkpoints?.Batches ?? batches as BatchLoader<T>;
        if (JoinRanks(loader) is { } parallel)
        {
            IEnumerable<Batch<T>> parts = loader is null ? batches.Select(batch => batch.Part(parallel.Ranks.Rank, parallel.Ranks.Size)) : batches;
            try
            {
                new TrainingRun<T, TTarget>(this, _evaluator, History, epochs, validation, parallel.IsFirst ? progress : null, parallel, cancellation).Run(parts);
            }
            catch (Exception exception)
            {
                parallel.Ranks.Abort($"{exception.GetType().Name}: {exception.Message}");
                throw;
            }
        }
        else
        {
            new TrainingRun<T, TTarget>(this, _evaluator, History, epochs, validation, progress, null, cancellation).Run(batches);
        }

        return History;
    }

    /// <summary>Measures the network on a data set, in evaluation mode: the loss and <see cref="Metrics"/>.</summary>
    /// <param name="data">The samples.</param>
    public Evaluation Evaluate(DataSet<T> data) => Evaluate(new BatchLoader<T>(data, Evaluator<T, TTarget>.BatchSize));

    /// <summary>Measures the network on batches, in evaluation mode: the loss and <see cref="Metrics"/>.</summary>
    /// <param name="batches">The batches, enumerated once.</param>
    /// <exception cref="ArgumentException">There are no batches.</exception>
    public Evaluation Evaluate(IEnumerable<Batch<T>> batches)
    {
        ArgumentNullException.ThrowIfNull(batches);
        return _evaluator.Run(batches, Metrics);
    }

    // Once for all trainings of this trainer: ranks draw other random numbers from then on.
    private DataParallel<T>? JoinRanks(BatchLoader<T>? loader)
    {
        if (Ranks is not { Size: > 1 })
        {
            return null;
        }

        if (_parallel?.Ranks != Ranks)
        {
            _parallel = new DataParallel<T>(Ranks, Network, Optimizer);
        }

        if (loader is not null)
        {
            _parallel.Deal(loader);
        }

        return _parallel;
    }

    private void CheckSanity(IEnumerable<Batch<T>> batches)
    {
        const int Samples = 32;
        if (SanityChecks is null)
        {
            return;
        }

        // A loader of its own: asking the given one for a batch would begin an epoch.
        IEnumerable<Batch<T>> source = batches is BatchLoader<T> loader ? new BatchLoader<T>(loader.Data, Samples, loader.Seed) : batches;
        Batch<T> batch = source.FirstOrDefault() ?? throw TrainingRun<T, TTarget>.NoBatches(nameof(batches));
        SanityCheckReport report = SanityCheck.Run(Network, Loss, batch.Inputs, Target(batch), SanityChecks);
        if (!report.Passed)
        {
            throw new InvalidOperationException(
                $"Nothing was trained, since a sanity check on {batch.Count} samples failed:\n{string.Concat(report.Advice.Select(line => $"  {line}\n"))}\n{report}");
        }
    }
}
