using System.Numerics;
using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Core.Operations;

namespace NeuralNet.Training.Losses;

/// <summary>What the sum and the mean of squared errors have in common: <c>L = w·Σ (ŷ − y)²</c>, <c>dL/dŷ = 2w·(ŷ − y)</c>.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public abstract class SquaredErrorLoss<T> : ElementwiseLoss<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int DifferenceBuffer = FirstFreeBuffer;
    private const int GradientBuffer = FirstFreeBuffer + 1;

    private protected SquaredErrorLoss(Reduction reduction)
        : base(reduction)
    {
    }

    // Without weights: no losses of rows, one pass less.
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
    protected override void Losses(Matrix<T> prediction, Matrix<T> target, Matrix<T> slopes, Span<T> losses, Cache<T> cache) =>
        LossOperations.SquaredError(prediction.AsSpan(), target.AsSpan(), slopes.AsSpan(), losses);

    /// <inheritdoc/>
    protected override Matrix<T> BackwardCore(T upstream, ReadOnlySpan<Matrix<T>> kept, Cache<T> cache)
    {
        if (kept.Length > 1)
        {
            return base.BackwardCore(upstream, kept, cache);
        }

        Matrix<T> difference = kept[0];
        Matrix<T> gradient = cache.Buffer(GradientBuffer, difference.RowCount, difference.ColumnCount);
        ReadOnlySpan<T> values = difference.AsSpan();
        ElementwiseOperations.Scale(values, T.CreateTruncating(2) * Weight(values.Length) * upstream, gradient.AsSpan());
        return gradient;
    }

    private T Weight(int count) => Reduction == Reduction.Mean ? T.One / T.CreateTruncating(count) : T.One;
}
