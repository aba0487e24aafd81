using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Core.Operations;

namespace NeuralNet.Training.Losses;

/// <summary>
/// Softmax and cross-entropy in one: <c>L = −1/N Σ_i log p_i,y(i)</c> with <c>p_ij = e^s_ij / Σ_k e^s_ik</c>, in nats, the mean over the batch.
/// </summary>
/// <remarks>
/// <para><b>Shapes.</b> Logits s <c>[N×C]</c>, labels y: N integers from 0 to C−1.</para>
/// <para><b>Gradient.</b> <c>dL/ds_ij = (p_ij − [j = y(i)]) / N</c>. <b>Cached.</b> p − [j = y(i)].</para>
/// <para><b>Stable.</b> The largest logit of a row is subtracted first, and the logarithm is taken of the sum, not of p: finite at
/// logits of ±1e4, where p itself is 0.</para>
/// <para><b>Source.</b> CS231n, the softmax classifier. <b>Threads.</b> See <see cref="Loss{T, TTarget}"/>.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class SoftmaxCrossEntropy<T> : Loss<T, ReadOnlyMemory<int>> where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int DifferenceBuffer = 0;
    private const int GradientBuffer = 1;

    /// <summary><c>SoftmaxCrossEntropy</c>.</summary>
    public override string ToString() => "SoftmaxCrossEntropy";

    /// <inheritdoc/>
    protected override void CheckTarget(Matrix<T> prediction, ReadOnlyMemory<int> target)
    {
        if (target.Length != prediction.RowCount)
        {
            throw new ArgumentException(
                $"{this} expects a label for each of the {prediction.RowCount} samples of {prediction.Shape()}, got {target.Length}.", nameof(target));
        }

        ReadOnlySpan<int> labels = target.Span;
        int wrong = labels.IndexOfAnyExceptInRange(0, prediction.ColumnCount - 1);
        if (wrong >= 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(target), labels[wrong], $"{this} expects labels from 0 to {prediction.ColumnCount - 1}; the label of sample {wrong} is {labels[wrong]}.");
        }
    }

    /// <inheritdoc/>
    protected override T ForwardCore(Matrix<T> prediction, ReadOnlyMemory<int> target, Cache<T> cache)
    {
        Matrix<T> difference = cache.Buffer(DifferenceBuffer, prediction.RowCount, prediction.ColumnCount);
        T loss = SoftmaxOperations.CrossEntropy(prediction, target.Span, difference);
        cache.Keep(this, difference);
        return loss;
    }

    /// <inheritdoc/>
    protected override Matrix<T> BackwardCore(T upstream, ReadOnlySpan<Matrix<T>> kept, Cache<T> cache)
    {
        Matrix<T> difference = kept[0];
        Matrix<T> gradient = cache.Buffer(GradientBuffer, difference.RowCount, difference.ColumnCount);
        ElementwiseOperations.Scale(difference.AsSpan(), upstream / T.CreateTruncating(difference.RowCount), gradient.AsSpan());
        return gradient;
    }
}
