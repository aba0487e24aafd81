using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;

namespace NeuralNet.Training.Losses;

/// <summary>The negative logarithm of what a prediction gives the right class: <c>L = −1/N Σ_i x_i,y(i)</c>, the mean over the batch.</summary>
/// <remarks>
/// <para><b>Shapes.</b> Logarithms x of probabilities <c>[N×C]</c>, such as <see cref="Core.Gates.LogSoftmax{T}"/> gives, labels y: N integers from 0 to C−1; positions
/// and weights as <see cref="LabelLoss{T}"/>. <b>Gradient.</b> −1/N at the label, 0 elsewhere; with weights of classes <c>−c_y / Σ_i c_y(i)</c>.
/// <b>Cached.</b> That without the divisor.</para>
/// <para>On logits, <see cref="SoftmaxCrossEntropy{T}"/> is the same in one pass.</para>
/// <para><b>Source.</b> Goodfellow, Bengio and Courville (2016), equation 5.59; PyTorch's NLLLoss. <b>Threads.</b> See <see cref="Loss{T, TTarget}"/>.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="classWeights">What each class counts: finite numbers, 0 or more and not all 0. Copied. Null (the default) where all count the same.</param>
/// <param name="positions">P, the positions of a sample that have a label each, 1 or more; 1 by default.</param>
/// <param name="reduction">Mean (the default) or sum.</param>
/// <exception cref="ArgumentOutOfRangeException">A weight is negative or not finite, or the positions are fewer than 1.</exception>
/// <exception cref="ArgumentException">No class has a weight above 0.</exception>
public sealed class NegativeLogLikelihood<T>(IReadOnlyList<T>? classWeights = null, int positions = 1, Reduction reduction = Reduction.Mean)
    : LabelLoss<T>(positions, reduction, classWeights)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary><c>NegativeLogLikelihood</c>.</summary>
    public override string ToString() => "NegativeLogLikelihood";

    /// <inheritdoc/>
    protected override void Losses(Matrix<T> prediction, ReadOnlyMemory<int> target, Matrix<T> slopes, Span<T> losses, Cache<T> cache)
    {
        ReadOnlySpan<T> logarithms = prediction.AsSpan();
        Span<T> slope = slopes.AsSpan();
        ReadOnlySpan<int> labels = target.Span;
        slope.Clear();
        for (int i = 0; i < labels.Length; i++)
        {
            int at = i + (labels[i] * labels.Length);
            slope[at] = -(ClassWeights.IsEmpty ? T.One : ClassWeights[labels[i]]);

            // What does not count adds nothing, whatever it is: the logarithm of a class that cannot be is −∞.
            losses[i] = slope[at] == T.Zero ? T.Zero : slope[at] * logarithms[at];
        }
    }
}
