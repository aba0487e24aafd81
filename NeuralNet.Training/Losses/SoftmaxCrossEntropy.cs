using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Core.Operations;

namespace NeuralNet.Training.Losses;

/// <summary>
/// Softmax and cross-entropy in one: <c>L = −1/N Σ_i log p_i,y(i)</c> with <c>p_ij = e^s_ij / Σ_k e^s_ik</c>, in nats, the mean over the batch.
/// </summary>
/// <remarks>
/// <para><b>Shapes.</b> Logits s <c>[N×C]</c>, labels y: N integers from 0 to C−1; positions and weights as <see cref="LabelLoss{T}"/>. For targets that are
/// distributions see <see cref="SoftCrossEntropy{T}"/>.</para>
/// <para><b>Gradient.</b> <c>dL/ds_ij = (p_ij − [j = y(i)]) / N</c>. <b>Cached.</b> p − [j = y(i)].</para>
/// <para><b>Smoothing ε and weights c of classes.</b> The loss of a sample is <c>−Σ_j q_j·log p_j</c> with <c>q_j = (1 − ε)·c_y·[j = y] + ε·c_j/C</c>, its gradient
/// <c>p·Σ_k q_k − q</c>; a mean is divided by <c>Σ c_y(i)</c>.</para>
/// <para><b>Stable.</b> The largest logit of a row is subtracted first, and the logarithm is taken of the sum, not of p: finite at
/// logits of ±1e4, where p itself is 0.</para>
/// <para><b>Source.</b> CS231n, the softmax classifier; smoothing: Szegedy et al. (2016), section 7, with the weights where PyTorch's CrossEntropyLoss has them.
/// <b>Threads.</b> See <see cref="Loss{T, TTarget}"/>.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class SoftmaxCrossEntropy<T> : LabelLoss<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int TargetBuffer = FirstFreeBuffer;

    /// <summary>Softmax and cross-entropy.</summary>
    /// <param name="labelSmoothing">ε, what of a label is spread evenly over all classes: from 0 (the default) to 1.</param>
    /// <param name="classWeights">What each class counts: finite numbers, 0 or more and not all 0. Copied. Null (the default) where all count the same.</param>
    /// <param name="positions">P, the positions of a sample that have a label each, 1 or more; 1 by default.</param>
    /// <param name="reduction">Mean (the default) or sum.</param>
    /// <exception cref="ArgumentOutOfRangeException">ε is not from 0 to 1, a weight is negative or not finite, or the positions are fewer than 1.</exception>
    /// <exception cref="ArgumentException">No class has a weight above 0.</exception>
    public SoftmaxCrossEntropy(
        T labelSmoothing = default, IReadOnlyList<T>? classWeights = null, int positions = 1, Reduction reduction = Reduction.Mean)
        : base(positions, reduction, classWeights)
    {
        Require.Fraction(labelSmoothing);
        LabelSmoothing = labelSmoothing;
    }

    /// <summary>ε, what of a label is spread evenly over all classes.</summary>
    public T LabelSmoothing { get; }

    /// <summary>Whether the loss is ln C where all classes are equally likely, whatever the labels.</summary>
    internal bool IsLogOfClassesAtChance => Reduction == Reduction.Mean && (LabelSmoothing == T.Zero || ClassWeights.IsEmpty);

    /// <summary><c>SoftmaxCrossEntropy</c>.</summary>
    public override string ToString() => "SoftmaxCrossEntropy";

    /// <inheritdoc/>
    protected override void Losses(Matrix<T> prediction, ReadOnlyMemory<int> target, Matrix<T> slopes, Span<T> losses, Cache<T> cache)
    {
        if (LabelSmoothing == T.Zero && ClassWeights.IsEmpty)
        {
            SoftmaxOperations.CrossEntropy(prediction.AsSpan(), target.Span, slopes.AsSpan(), losses);
            return;
        }

        Matrix<T> distribution = cache.Buffer(TargetBuffer, prediction.RowCount, prediction.ColumnCount);
        Distribute(target.Span, distribution.AsSpan());
        SoftmaxOperations.CrossEntropy<T>(prediction.AsSpan(), distribution.AsSpan(), slopes.AsSpan(), losses);
    }

    private void Distribute(ReadOnlySpan<int> labels, Span<T> distribution)
    {
        int rows = labels.Length, classes = distribution.Length / rows;
        T spread = LabelSmoothing / T.CreateTruncating(classes), rest = T.One - LabelSmoothing;
        for (int j = 0; j < classes; j++)
        {
            distribution.Slice(j * rows, rows).Fill(spread * WeightOf(j));
        }

        for (int i = 0; i < rows; i++)
        {
            distribution[i + (labels[i] * rows)] += rest * WeightOf(labels[i]);
        }
    }

    private T WeightOf(int label) => ClassWeights.IsEmpty ? T.One : ClassWeights[label];
}
