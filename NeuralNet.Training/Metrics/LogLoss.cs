using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Core.Operations;

namespace NeuralNet.Training.Metrics;

/// <summary>The mean of <c>−ln p_i,y(i)</c>, in nats, where p is the softmax of logits s: <c>ln Σ_k e^s_ik − s_i,y(i)</c>.</summary>
/// <remarks>Stable: the logarithm is taken of the sum, not of p, so it is finite at logits of ±1e4, where p itself is 0. scikit-learn's
/// <c>log_loss</c> of the softmax, without
/// its clipping of p.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class LogLoss<T> : LabelMetric<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Cache<T> _buffers = new(training: false);
    private double _sum;

    /// <summary><c>log loss</c>.</summary>
    public override string Name => "log loss";

    /// <inheritdoc/>
    public override bool IsHigherBetter => false;

    /// <inheritdoc/>
    protected override Span<double> Sums => new(ref _sum);

    /// <inheritdoc/>
    protected override void Start(int columns) => _sum = 0;

    /// <inheritdoc/>
    protected override void AddCore(Matrix<T> prediction, ReadOnlyMemory<int> target, SampleWeights<T> weights)
    {
        Matrix<T> logarithms = _buffers.Buffer(0, prediction.RowCount, prediction.ColumnCount);
        SoftmaxOperations.LogSoftmax(prediction, logarithms);
        ReadOnlySpan<T> values = logarithms.AsSpan();
        ReadOnlySpan<int> labels = target.Span;
        for (int i = 0; i < labels.Length; i++)
        {
            if (weights[i] != 0)
            {
                _sum -= weights[i] * double.CreateTruncating(values[i + (labels[i] * labels.Length)]);
            }
        }
    }

    /// <inheritdoc/>
    protected override double ValueCore() => _sum / TotalWeight;
}
