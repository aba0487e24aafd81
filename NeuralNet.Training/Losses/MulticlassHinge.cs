using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Core.Operations;

namespace NeuralNet.Training.Losses;

/// <summary>The loss of a multiclass support vector machine: <c>L = 1/N Σ_i Σ_{j ≠ y(i)} max(0, s_ij − s_i,y(i) + Δ)</c>, the mean over the batch.</summary>
/// <remarks>
/// <para><b>Shapes.</b> Scores s <c>[N×C]</c>, labels y: N integers from 0 to C−1; positions and weights of samples as <see cref="LabelLoss{T}"/>.</para>
/// <para><b>Gradient.</b> 1/N at each j ≠ y whose margin is violated, less their number over N at y; 0 where a margin is just kept. <b>Cached.</b> That times N.</para>
/// <para><b>Source.</b> Weston and Watkins (1999), as in CS231n's lecture and notes on linear classification: the sum over the classes, where PyTorch's
/// MultiMarginLoss takes their mean. <b>Threads.</b> See <see cref="Loss{T, TTarget}"/>.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="margin">Δ, a finite number above 0; 1 by default.</param>
/// <param name="positions">P, the positions of a sample that have a label each, 1 or more; 1 by default.</param>
/// <param name="reduction">Mean (the default) or sum.</param>
/// <exception cref="ArgumentOutOfRangeException">Δ is no such number, or the positions are fewer than 1.</exception>
public sealed class MulticlassHinge<T>(T? margin = null, int positions = 1, Reduction reduction = Reduction.Mean) : LabelLoss<T>(positions, reduction)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Δ, by how much the right score must be the greatest.</summary>
    public T Margin { get; } = Require.Positive(margin ?? T.One, nameof(margin));

    /// <summary><c>MulticlassHinge(Δ)</c>.</summary>
    public override string ToString() => $"MulticlassHinge({Margin})";

    /// <inheritdoc/>
    protected override void Losses(Matrix<T> prediction, ReadOnlyMemory<int> target, Matrix<T> slopes, Span<T> losses, Cache<T> cache) =>
        LossOperations.MulticlassHinge(prediction.AsSpan(), target.Span, Margin, slopes.AsSpan(), losses);
}
