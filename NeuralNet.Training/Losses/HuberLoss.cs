using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Core.Operations;

namespace NeuralNet.Training.Losses;

/// <summary>Huber's loss, <c>h(d) = ½d²</c> where <c>|d| ≤ δ</c> and <c>δ(|d| − ½δ)</c> elsewhere, of the errors <c>d = ŷ − y</c>: squared near 0, absolute far from it.</summary>
/// <remarks>
/// <para><b>Shapes.</b> Prediction and target <c>[N×C]</c>; weights as <see cref="ElementwiseLoss{T}"/>. The mean goes over samples and columns.
/// <b>Gradient.</b> d, held between −δ and δ, over N·C. <b>Cached.</b> That without the factor.</para>
/// <para><b>Source.</b> Huber (1964), equation 6.1; PyTorch's HuberLoss. <b>Threads.</b> See <see cref="Loss{T, TTarget}"/>.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="delta">δ, a finite number above 0; 1 by default.</param>
/// <param name="reduction">Mean (the default) or sum.</param>
/// <exception cref="ArgumentOutOfRangeException">δ is no such number.</exception>
public sealed class HuberLoss<T>(T? delta = null, Reduction reduction = Reduction.Mean) : ElementwiseLoss<T>(reduction)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>δ, where the square ends.</summary>
    public T Delta { get; } = Require.Positive(delta ?? T.One, nameof(delta));

    /// <summary><c>HuberLoss(δ)</c>.</summary>
    public override string ToString() => $"HuberLoss({Delta})";

    /// <inheritdoc/>
    protected override void Losses(Matrix<T> prediction, Matrix<T> target, Matrix<T> slopes, Span<T> losses, Cache<T> cache) =>
        LossOperations.Huber(prediction.AsSpan(), target.AsSpan(), Delta, slopes.AsSpan(), losses);
}
