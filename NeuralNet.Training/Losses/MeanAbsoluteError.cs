using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Core.Operations;

namespace NeuralNet.Training.Losses;

/// <summary>The mean of absolute errors, <c>L = 1/(N·C) Σ_ij |ŷ_ij − y_ij|</c>, the L1 loss: over samples and columns.</summary>
/// <remarks>
/// <para><b>Shapes.</b> Prediction and target <c>[N×C]</c>; weights as <see cref="ElementwiseLoss{T}"/>. <b>Gradient.</b> <c>dL/dŷ = sign(ŷ − y)/(N·C)</c>, 0 where
/// both are equal. <b>Cached.</b> sign(ŷ − y).</para>
/// <para><b>Source.</b> The usual definition, as in PyTorch's L1Loss. <b>Threads.</b> See <see cref="Loss{T, TTarget}"/>.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class MeanAbsoluteError<T>() : ElementwiseLoss<T>(Reduction.Mean) where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary><c>MeanAbsoluteError</c>.</summary>
    public override string ToString() => "MeanAbsoluteError";

    /// <inheritdoc/>
    protected override void Losses(Matrix<T> prediction, Matrix<T> target, Matrix<T> slopes, Span<T> losses, Cache<T> cache) =>
        LossOperations.AbsoluteError(prediction.AsSpan(), target.AsSpan(), slopes.AsSpan(), losses);
}
