using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Core.Operations;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Optimizers;
using NeuralNet.Training.Schedules;

namespace NeuralNet.Training.LearningRates;

/// <summary>Finds a learning rate to begin with: trains some steps, each with a rate that is larger than the one before by the same factor, and looks at the losses.</summary>
/// <remarks>
/// <para>The loss of a step is that of its batch before the step, so it tells of the rates up to the one before. Afterwards the network is what it was, to the bit: weights, states and generators.
/// Gradients are cleared.</para>
/// <para><b>Source.</b> Smith (2017), Cyclical learning rates, section 3.3. <b>Threads.</b> As training.</para>
/// </remarks>
public static class LearningRateFinder
{
    /// <summary>Goes through the rates.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <typeparam name="TTarget">What the loss compares with.</typeparam>
    /// <param name="network">The network, as training would begin with it.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="optimizer">Makes the optimiser, a fresh one without a schedule, so that nothing of it is left: <c>() => new Adam&lt;float&gt;(network.Parameters, 0.001f)</c>. All its
    /// groups get the rate of the step.</param>
    /// <param name="batches">The batches; they are gone through again and again where there are fewer than steps.</param>
    /// <param name="options">The rates and steps; <see cref="LearningRateFinderOptions.Default"/> if null.</param>
    /// <exception cref="ArgumentException">There are no batches, or none when they are gone through again; the highest rate is not above the lowest; or the optimiser has a schedule or has stepped already.</exception>
    /// <exception cref="NotFiniteNumberException">The first loss, of which no rate can be the cause, is not finite.</exception>
    public static LearningRateSweep Run<T, TTarget>(
        Layer<T> network, Loss<T, TTarget> loss, Func<Optimizer<T>> optimizer, IEnumerable<(Matrix<T> Input, TTarget Target)> batches,
        LearningRateFinderOptions? options = null) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentNullException.ThrowIfNull(batches);
        options ??= LearningRateFinderOptions.Default;
        if (options.Highest <= options.Lowest)
        {
            throw new ArgumentException($"The highest rate, {options.Highest}, must be above the lowest, {options.Lowest}.", nameof(options));
        }

        Optimizer<T> fresh = optimizer();
        if (fresh.Schedule is not ConstantRate || fresh.Steps != 0)
        {
            throw new ArgumentException($"The rates are the finder's to choose, from the first step on: {fresh} must have no schedule and no steps behind it.", nameof(optimizer));
        }

        var values = new T[network.Parameters.ElementCount()];
        network.Parameters.GatherValues(values);
        var snapshot = new StateSnapshot<T>(network);
        try
        {
            return Sweep(network, loss, fresh, batches, options);
        }
        finally
        {
            network.Parameters.ScatterValues(values);
            snapshot.Restore();
            network.ZeroGradients();
        }
    }

    private static LearningRateSweep Sweep<T, TTarget>(
        Layer<T> network, Loss<T, TTarget> loss, Optimizer<T> optimizer, IEnumerable<(Matrix<T> Input, TTarget Target)> batches, LearningRateFinderOptions options)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Cache<T> cache = new(), lossCache = new();
        var smoothing = new Smoothing<double>(options.Smoothing);
        var points = new List<LearningRatePoint>();
        double mean = 0, best = double.PositiveInfinity;
        foreach ((Matrix<T> input, TTarget target) in Endless(batches).Take(options.Steps))
        {
            double rate = options.Lowest * Math.Pow(options.Highest / options.Lowest, points.Count / (options.Steps - 1.0));
            double value = double.CreateTruncating(loss.Forward(network.Forward(input, cache), target, lossCache));
            if (!double.IsFinite(value))
            {
                return points.Count > 0
                    ? new LearningRateSweep(points, isDiverged: true)
                    : throw new NotFiniteNumberException($"The loss of the first batch is {value}, before any step: no learning rate is the cause. See {nameof(Divergence)}.", value);
            }

            mean = (smoothing.Kept * mean) + (smoothing.Taken * value);
            double smoothed = mean / smoothing.Weight(points.Count + 1);
            points.Add(new LearningRatePoint(rate, value, smoothed));
            best = Math.Min(best, smoothed);
            if (smoothed - best > (options.DivergenceFactor - 1) * Math.Abs(best))
            {
                return new LearningRateSweep(points, isDiverged: true);
            }

            optimizer.ZeroGradients();
            loss.Backward(lossCache, network, cache);
            foreach (ParameterGroup<T> group in optimizer.Groups)
            {
                group.LearningRate = T.CreateTruncating(rate);
            }

            optimizer.Step();
        }

        return new LearningRateSweep(points, isDiverged: false);
    }

    private static IEnumerable<TBatch> Endless<TBatch>(IEnumerable<TBatch> batches)
    {
        for (int round = 1; ; round++)
        {
            bool isEmpty = true;
            foreach (TBatch batch in batches)
            {
                isEmpty = false;
                yield return batch;
            }

            if (isEmpty)
            {
                throw new ArgumentException(
                    round == 1 ? "There are no batches." : $"There are no batches any more when they are gone through for the {round}. time: give a sequence that can be, or as many as steps.",
                    nameof(batches));
            }
        }
    }
}
