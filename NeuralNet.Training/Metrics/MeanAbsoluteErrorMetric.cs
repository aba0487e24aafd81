using System.Numerics;

namespace NeuralNet.Training.Metrics;

/// <summary>The mean of absolute errors over samples and columns.</summary>
/// <remarks>See <see cref="ErrorMetric{T}"/>.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class MeanAbsoluteErrorMetric<T> : ErrorMetric<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary><c>mean absolute error</c>.</summary>
    public override string Name => "mean absolute error";

    /// <inheritdoc/>
    protected override double ErrorOf(double difference) => Math.Abs(difference);
}
