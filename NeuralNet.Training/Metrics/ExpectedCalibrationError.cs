using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Core.Operations;

namespace NeuralNet.Training.Metrics;

/// <summary>How far the confidence of a network is from its accuracy: <c>Σ_b |B_b|/N · |acc(B_b) − conf(B_b)|</c> over bins of confidence.</summary>
/// <remarks>
/// <para>The confidence of a sample is the largest of the softmax of its logits; bin b of B has those from (b/B) excluded to (b+1)/B included.</para>
/// <para><b>Source.</b> Guo, Pleiss, Sun, Weinberger (2017), On Calibration of Modern Neural Networks, equations 2 to 5, 15 bins.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class ExpectedCalibrationError<T> : LabelMetric<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Cache<T> _buffers = new(training: false);

    // The sum of weight·(correct − confidence) in each bin: its size is the bin's share of the error.
    private readonly double[] _gaps;

    /// <summary>A metric of nothing yet.</summary>
    /// <param name="bins">B, 1 or more; 15 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no bin.</exception>
    public ExpectedCalibrationError(int bins = 15)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        _gaps = new double[bins];
    }

    /// <summary>Number of bins.</summary>
    public int Bins => _gaps.Length;

    /// <summary><c>expected calibration error</c>.</summary>
    public override string Name => "expected calibration error";

    /// <inheritdoc/>
    public override bool IsHigherBetter => false;

    /// <inheritdoc/>
    protected override Span<double> Sums => _gaps;

    /// <inheritdoc/>
    protected override void Start(int columns) => _gaps.AsSpan().Clear();

    /// <inheritdoc/>
    protected override void AddCore(Matrix<T> prediction, ReadOnlyMemory<int> target, SampleWeights<T> weights)
    {
        Matrix<T> probabilities = _buffers.Buffer(0, prediction.RowCount, prediction.ColumnCount);
        SoftmaxOperations.Softmax(prediction, probabilities);
        ReadOnlySpan<T> logits = prediction.AsSpan(), values = probabilities.AsSpan();
        ReadOnlySpan<int> labels = target.Span;
        for (int i = 0; i < labels.Length; i++)
        {
            if (weights[i] != 0)
            {
                // By the logits, of which fewer are equal than of probabilities that have been rounded.
                int chosen = Largest(logits, labels.Length, i);
                double confidence = chosen < 0 ? double.NaN : double.CreateTruncating(values[i + (chosen * labels.Length)]);
                _gaps[BinOf(confidence)] += weights[i] * ((chosen == labels[i] ? 1 : 0) - confidence);
            }
        }
    }

    /// <inheritdoc/>
    protected override double ValueCore()
    {
        double sum = 0;
        foreach (double gap in _gaps)
        {
            sum += Math.Abs(gap);
        }

        return sum / TotalWeight;
    }

    // NaN goes to the first bin, and makes it and the sum NaN.
    private int BinOf(double confidence) => double.IsNaN(confidence) ? 0 : Math.Clamp((int)Math.Ceiling(confidence * Bins) - 1, 0, Bins - 1);
}
