using System.Numerics;

namespace NeuralNet.Training.Metrics;

/// <summary>The mean of squared errors over samples and columns, without a factor ½.</summary>
/// <remarks>As the loss <see cref="Losses.MeanSquaredError{T}"/>, in double precision and with sample weights; see <see cref="ErrorMetric{T}"/>.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class MeanSquaredErrorMetric<T> : ErrorMetric<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary><c>mean squared error</c>.</summary>
    public override string Name => "mean squared error";

    /// <inheritdoc/>
    protected override double ErrorOf(double difference) => difference * difference;
}
