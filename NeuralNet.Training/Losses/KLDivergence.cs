using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Core.Operations;

namespace NeuralNet.Training.Losses;

/// <summary>The divergence of Kullback and Leibler, <c>L = 1/N Σ_ij q_ij·(ln q_ij − x_ij)</c>, in nats: how far a prediction <c>e^x</c> is from a distribution q.</summary>
/// <remarks>
/// <para><b>Shapes.</b> Logarithms x of probabilities <c>[N×C]</c>, such as <see cref="Core.Gates.LogSoftmax{T}"/> gives; probabilities q <c>[N×C]</c> whose rows add up to 1; weights
/// <c>[N×1]</c>. The mean goes over the samples. Where q is 0, nothing is added. <b>Gradient.</b> <c>dL/dx = −q/N</c>. <b>Cached.</b> −q.</para>
/// <para><b>Source.</b> Kullback and Leibler (1951); Goodfellow, Bengio and Courville (2016), equation 3.50; PyTorch's KLDivLoss with reduction batchmean.
/// <b>Threads.</b> See <see cref="Loss{T, TTarget}"/>.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="reduction">Mean (the default) or sum.</param>
public sealed class KLDivergence<T>(Reduction reduction = Reduction.Mean) : DistributionLoss<T>(reduction) where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary><c>KLDivergence</c>.</summary>
    public override string ToString() => "KLDivergence";

    /// <inheritdoc/>
    protected override void Losses(Matrix<T> prediction, Matrix<T> target, Matrix<T> slopes, Span<T> losses, Cache<T> cache)
    {
        CheckSums(target, cache);
        LossOperations.KullbackLeibler<T>(prediction.AsSpan(), target.AsSpan(), slopes.AsSpan(), losses);
    }
}
