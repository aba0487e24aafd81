using System.Numerics;
using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Storage;
using NeuralNet.Core;
using NeuralNet.Core.Operations;

namespace NeuralNet.Training.Losses;

/// <summary>What the sum and the mean of squared errors have in common: <c>L = w·Σ (ŷ − y)²</c>, <c>dL/dŷ = 2w·(ŷ − y)</c>.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public abstract class SquaredErrorLoss<T> : Loss<T, Matrix<T>> where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int DifferenceBuffer = 0;
    private const int GradientBuffer = 1;

    /// <summary>w for a prediction of this many elements.</summary>
    /// <param name="count">Elements of the prediction, N·C.</param>
    protected abstract T Weight(int count);

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

    /// <inheritdoc/>
    protected override T ForwardCore(Matrix<T> prediction, Matrix<T> target, Cache<T> cache)
    {
        Matrix<T> difference = cache.Buffer(DifferenceBuffer, prediction.RowCount, prediction.ColumnCount);
        Span<T> values = difference.AsSpan();
        TensorPrimitives.Subtract(prediction.AsSpan(), target.AsSpan(), values);
        cache.Keep(this, difference);
        return Weight(values.Length) * TensorPrimitives.SumOfSquares<T>(values);
    }

    /// <inheritdoc/>
    protected override Matrix<T> BackwardCore(T upstream, ReadOnlySpan<Matrix<T>> kept, Cache<T> cache)
    {
        Matrix<T> difference = kept[0];
        Matrix<T> gradient = cache.Buffer(GradientBuffer, difference.RowCount, difference.ColumnCount);
        ReadOnlySpan<T> values = difference.AsSpan();
        ElementwiseOperations.Scale(values, T.CreateTruncating(2) * Weight(values.Length) * upstream, gradient.AsSpan());
        return gradient;
    }
}
