using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Training.Data;
using NeuralNet.Training.Losses;
using NeuralNet.Training.Metrics;
using NeuralNet.Training.Ranks;

namespace NeuralNet.Training.Fitting;

/// <summary>Measures a network on batches, in evaluation mode.</summary>
internal sealed class Evaluator<T, TTarget>(Layer<T> network, Loss<T, TTarget> loss, Func<Batch<T>, TTarget> target)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Samples of a batch where data sets are measured.</summary>
    public const int BatchSize = 256;

    private readonly Cache<T> _cache = new(training: false);
    private readonly Cache<T> _lossCache = new(training: false);

    /// <summary>The loss, and the metrics, which begin anew.</summary>
    /// <param name="batches">The batches.</param>
    /// <param name="metrics">The metrics.</param>
    /// <param name="parallel">Ranks that share the batches, each taking one in turn; null for this one alone.</param>
    /// <exception cref="ArgumentException">There are no batches.</exception>
    public Evaluation Run(IEnumerable<Batch<T>> batches, IReadOnlyList<Metric<T, TTarget>> metrics, DataParallel<T>? parallel = null)
    {
        foreach (Metric<T, TTarget> metric in metrics)
        {
            metric.Reset();
        }

        (double sum, long samples, int number) = (0, 0, 0);
        foreach (Batch<T> batch in batches)
        {
            if (parallel is not null && number++ % parallel.Ranks.Size != parallel.Ranks.Rank)
            {
                continue;
            }

            Matrix<T> prediction = network.Forward(batch.Inputs, _cache);
            TTarget wanted = target(batch);
            sum += double.CreateTruncating(loss.Forward(prediction, wanted, batch.Weights, _lossCache)) * batch.Count;
            samples += batch.Count;
            foreach (Metric<T, TTarget> metric in metrics)
            {
                metric.Add(prediction, wanted, batch.Weights);
            }
        }

        if (parallel is not null)
        {
            (sum, samples) = (parallel.Sum(sum), (long)parallel.Sum(samples));
            foreach (Metric<T, TTarget> metric in metrics)
            {
                parallel.Reduce(metric);
            }
        }

        return samples > 0
            ? new Evaluation(samples, sum / samples, [.. metrics.Select(metric => new NamedValue(metric.Name, metric.Value))])
            : throw new ArgumentException("There are no batches to measure on.", nameof(batches));
    }
}
