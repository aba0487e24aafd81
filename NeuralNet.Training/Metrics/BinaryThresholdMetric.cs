using System.Numerics;

namespace NeuralNet.Training.Metrics;

/// <summary>A metric of how often a logit is above a threshold where the target is 1, and where it is 0.</summary>
/// <remarks>A logit at the threshold predicts 0. NaN predicts neither: it is wrong, whatever the target.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public abstract class BinaryThresholdMetric<T> : BinaryMetric<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private protected BinaryThresholdMetric(double threshold)
    {
        if (double.IsNaN(threshold))
        {
            throw new ArgumentOutOfRangeException(nameof(threshold), threshold, "The threshold of a binary metric must be a number, got NaN.");
        }

        Threshold = threshold;
    }

    /// <summary>The logit above which a sample is predicted as 1.</summary>
    public double Threshold { get; }

    /// <inheritdoc/>
    public sealed override bool IsHigherBetter => true;

    /// <summary>Samples that are 1 and predicted so.</summary>
    private protected double Hits { get; private set; }

    /// <summary>Samples that are 0 and predicted so.</summary>
    private protected double Rejections { get; private set; }

    /// <summary>Samples predicted as 1.</summary>
    private protected double Predicted { get; private set; }

    /// <summary>Samples that are 1.</summary>
    private protected double Actual { get; private set; }

    /// <inheritdoc/>
    protected sealed override void Start(int columns) => (Hits, Rejections, Predicted, Actual) = (0, 0, 0, 0);

    /// <inheritdoc/>
    protected sealed override void AddSample(double logit, bool isOne, double weight)
    {
        bool isAbove = logit > Threshold;
        Hits += isAbove && isOne ? weight : 0;
        Rejections += logit <= Threshold && !isOne ? weight : 0;
        Predicted += isAbove ? weight : 0;
        Actual += isOne ? weight : 0;
    }
}
