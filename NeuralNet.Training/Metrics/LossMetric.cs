using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Training.Losses;

namespace NeuralNet.Training.Metrics;

/// <summary>A loss as a metric: the mean over all samples, <c>Σ_b N_b·L_b / Σ_b N_b</c> over batches b of N_b samples.</summary>
/// <remarks>
/// For losses that are means over the batch; of a sum it is the mean of the batches' sums, weighted by their samples. A loss computes in T and batch
/// by batch, so
/// other batches give other last digits. It knows no sample weights here: weights are refused.
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <typeparam name="TTarget">What the loss compares the prediction with.</typeparam>
public sealed class LossMetric<T, TTarget> : Metric<T, TTarget> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Loss<T, TTarget> _loss;
    private readonly Cache<T> _cache = new(training: false);
    private double _sum;

    /// <summary>A metric of nothing yet.</summary>
    /// <param name="loss">The loss, which is also the name.</param>
    public LossMetric(Loss<T, TTarget> loss)
    {
        ArgumentNullException.ThrowIfNull(loss);
        _loss = loss;
    }

    /// <summary>The name of the loss.</summary>
    public override string Name => _loss.ToString();

    /// <inheritdoc/>
    public override bool IsHigherBetter => false;

    /// <inheritdoc/>
    protected override void CheckTarget(Matrix<T> prediction, TTarget target, SampleWeights<T> weights)
    {
        if (!weights.AreOnes)
        {
            throw new ArgumentException($"{Title} takes no weights: the loss gives one number for the batch. Weigh in the loss.", nameof(weights));
        }
    }

    /// <inheritdoc/>
    protected override Span<double> Sums => new(ref _sum);

    /// <inheritdoc/>
    protected override void Start(int columns) => _sum = 0;

    /// <inheritdoc/>
    protected override void AddCore(Matrix<T> prediction, TTarget target, SampleWeights<T> weights)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        // The loss checks the target, before anything is added.
        _sum += double.CreateTruncating(_loss.Forward(prediction, target, _cache)) * prediction.RowCount;
    }

    /// <inheritdoc/>
    protected override double ValueCore() => _sum / TotalWeight;
}
