using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Core.Operations;

namespace NeuralNet.Training.Losses;

/// <summary>Softmax and cross-entropy in one by distributions: <c>L = −1/N Σ_ij q_ij·ln p_ij</c> with <c>p_ij = e^s_ij / Σ_k e^s_ik</c>, in nats, the mean over the batch.</summary>
/// <remarks>
/// <para><b>Shapes.</b> Logits s <c>[N×C]</c>, probabilities q <c>[N×C]</c> whose rows add up to 1, such as another network's or those of mixed samples; weights
/// <c>[N×1]</c>. <b>Gradient.</b> <c>dL/ds = (p − q)/N</c>. <b>Cached.</b> p − q.</para>
/// <para><b>Stable.</b> As <see cref="SoftmaxCrossEntropy{T}"/>, which this is for labels.</para>
/// <para><b>Source.</b> Goodfellow, Bengio and Courville (2016), sections 3.13 and 6.2.2.3; PyTorch's CrossEntropyLoss with probabilities.
/// <b>Threads.</b> See <see cref="Loss{T, TTarget}"/>.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="reduction">Mean (the default) or sum.</param>
public sealed class SoftCrossEntropy<T>(Reduction reduction = Reduction.Mean) : DistributionLoss<T>(reduction) where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary><c>SoftCrossEntropy</c>.</summary>
    public override string ToString() => "SoftCrossEntropy";

    /// <inheritdoc/>
    protected override void Losses(Matrix<T> prediction, Matrix<T> target, Matrix<T> slopes, Span<T> losses, Cache<T> cache)
    {
        CheckSums(target, cache);
        SoftmaxOperations.CrossEntropy<T>(prediction.AsSpan(), target.AsSpan(), slopes.AsSpan(), losses);
    }
}
