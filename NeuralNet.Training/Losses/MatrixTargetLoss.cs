using System.Numerics;
using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Storage;
using NeuralNet.Core;

namespace NeuralNet.Training.Losses;

/// <summary>A loss whose target is a matrix of the prediction's shape.</summary>
/// <remarks><b>Shapes.</b> Prediction and target <c>[N×C]</c>. <b>Threads.</b> See <see cref="Loss{T, TTarget}"/>.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public abstract class MatrixTargetLoss<T> : SampleLoss<T, Matrix<T>> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>A loss that is a mean or a sum.</summary>
    /// <param name="reduction">Which.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is neither.</exception>
    protected MatrixTargetLoss(Reduction reduction)
        : base(reduction)
    {
    }

    /// <inheritdoc/>
    protected override void CheckTarget(Matrix<T> prediction, Matrix<T> target)
    {
        ArgumentNullException.ThrowIfNull(target);
        if (!target.HasShapeOf(prediction))
        {
            throw new ArgumentException($"{this} expects a target of the prediction's shape {prediction.Shape()}, got {target.Shape()}.", nameof(target));
        }

        if (target.Storage is not DenseColumnMajorMatrixStorage<T>)
        {
            throw new ArgumentException(
                $"{this} expects a dense target, got {target.Shape()} stored as {target.Storage.GetType().Name}. Convert it once with DenseOfMatrix.", nameof(target));
        }
    }

    /// <summary>Refuses a target with anything but numbers from 0 to 1.</summary>
    /// <param name="target">The target, dense.</param>
    /// <exception cref="ArgumentOutOfRangeException">An element lies outside, or is NaN.</exception>
    protected void CheckFractions(Matrix<T> target)
    {
        ArgumentNullException.ThrowIfNull(target);
        ReadOnlySpan<T> values = target.AsSpan();
        if (!(TensorPrimitives.Min(values) >= T.Zero && TensorPrimitives.Max(values) <= T.One))
        {
            int wrong = 0;
            while (values[wrong] >= T.Zero && values[wrong] <= T.One)
            {
                wrong++;
            }

            throw new ArgumentOutOfRangeException(
                nameof(target),
                values[wrong],
                $"{this} expects a target of numbers from 0 to 1; that of sample {wrong % target.RowCount} in column {wrong / target.RowCount} is {values[wrong]}.");
        }
    }
}
