using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;

namespace NeuralNet.Training.Metrics;

/// <summary>A metric of predictions <c>[N×C]</c> against targets of the same shape.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public abstract class MatrixMetric<T> : Metric<T, Matrix<T>> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    protected override void CheckTarget(Matrix<T> prediction, Matrix<T> target, SampleWeights<T> weights)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        ArgumentNullException.ThrowIfNull(target);
        if (!target.HasShapeOf(prediction))
        {
            throw new ArgumentException($"{Title} expects a target of the prediction's shape {prediction.Shape()}, got {target.Shape()}.", nameof(target));
        }

        // Refuses what is not dense.
        _ = target.AsSpan();
    }
}
