using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Training.Data;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Metrics;
using NeuralNet.Training.Optimizers;
using NeuralNet.Training.Ranks;

namespace NeuralNet.Training.Fitting;

/// <summary>One step of a training, from a batch to moved weights: what <see cref="Trainer{T, TTarget}"/> does, and what one writes by hand.</summary>
internal sealed class TrainingStep<T, TTarget>(
    Trainer<T, TTarget> trainer, TrainingState<T> state, Safeguard<T> safeguard, IReadOnlyList<TrainingCallback<T>> callbacks, DataParallel<T>? parallel)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly IReadOnlyList<NamedParameter<T>> _parameters = [.. trainer.Optimizer.Groups.SelectMany(group => group.Parameters)];
    private readonly Cache<T> _lossCache = new();
    private readonly Layer<T> _network = trainer.Network;
    private readonly Optimizer<T> _optimizer = trainer.Optimizer;
    private readonly Metric<T, TTarget>[] _metrics = [.. trainer.TrainingMetrics];
    private readonly Regularization<T>[] _regularization = [.. trainer.Regularization];
    private readonly TrainingCallback<T>[] _callbacks = [.. callbacks];
    private readonly T? _maxValue = trainer.MaxGradientValue;
    private readonly T? _maxNorm = trainer.MaxGradientNorm;
    private readonly ExponentialMovingAverage<T>? _average = trainer.WeightAverage;

    /// <summary>What the last batch's loss counts in that of all ranks; 1 where there is one.</summary>
    public double Share { get; private set; } = 1;

    /// <summary>Takes the step.</summary>
    /// <returns>The loss of the batch, or of this rank's part of it, regularisation not included.</returns>
    public double Run(Batch<T> batch)
    {
        Matrix<T> prediction = _network.Forward(batch.Inputs, state.Cache);
        TTarget target = trainer.Target(batch);
        T loss = trainer.Loss.Forward(prediction, target, batch.Weights, _lossCache);
        safeguard.CheckLoss(loss);

        // Both, since either may have parameters that the other has not: a frozen part, or something trained beside the network.
        _network.ZeroGradients();
        _optimizer.ZeroGradients();
        if (parallel is null)
        {
            trainer.Loss.Backward(_lossCache, _network, state.Cache);
        }
        else
        {
            Share = parallel.Backward(trainer.Loss, _lossCache, state.Cache, batch);
        }

        foreach (Regularization<T> term in _regularization)
        {
            term.Backward();
        }

        safeguard.CheckGradients();
        Clip();
        state.Loss = double.CreateTruncating(loss);
        foreach (TrainingCallback<T> callback in _callbacks)
        {
            callback.OnGradients(state);
        }

        _optimizer.Step();
        _average?.Update();
        foreach (Metric<T, TTarget> metric in _metrics)
        {
            metric.Add(prediction, target, batch.Weights);
        }

        state.Step++;
        foreach (TrainingCallback<T> callback in _callbacks)
        {
            callback.OnStep(state);
        }

        return state.Loss;
    }

    private void Clip()
    {
        if (_maxValue is T value)
        {
            GradientClipping.ByValue(_parameters, value);
        }

        if (_maxNorm is T norm)
        {
            try
            {
                GradientClipping.ByGlobalNorm(_parameters, norm);
            }
            catch (NotFiniteNumberException exception)
            {
                throw safeguard.Stopped(exception);
            }
        }
    }
}
