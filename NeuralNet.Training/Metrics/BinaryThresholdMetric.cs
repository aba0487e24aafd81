using System.Numerics;

namespace NeuralNet.Training.Metrics;

/// <summary>A metric of how often a logit is above a threshold where the target is 1, and where it is 0.</summary>
/// <remarks>A logit at the threshold predicts 0. NaN predicts neither: it is wrong, whatever the target.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public abstract class BinaryThresholdMetric<T> : BinaryMetric<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly double[] _sums = new double[4];

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
    private protected double Hits => _sums[0];

    /// <summary>Samples that are 0 and predicted so.</summary>
    private protected double Rejections => _sums[1];

    /// <summary>Samples predicted as 1.</summary>
    private protected double Predicted => _sums[2];

    /// <summary>Samples that are 1.</summary>
    private protected double Actual => _sums[3];

    /// <inheritdoc/>
    protected sealed override Span<double> Sums => _sums;

    /// <inheritdoc/>
    protected sealed override void Start(int columns) => Sums.Clear();

    /// <inheritdoc/>
    protected sealed override void AddSample(double logit, bool isOne, double weight)
    {
        bool isAbove = logit > Threshold;
        _sums[0] += isAbove && isOne ? weight : 0;
        _sums[1] += logit <= Threshold && !isOne ? weight : 0;
        _sums[2] += isAbove ? weight : 0;
        _sums[3] += isOne ? weight : 0;
    }
}
