using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;
using NeuralNet.Core.Operations;

namespace NeuralNet.Training.Losses;

/// <summary>Sigmoid and cross-entropy in one, for answers yes or no that do not exclude each other: <c>l = −a·t·ln σ(x) − (1 − t)·ln(1 − σ(x))</c>, in nats.</summary>
/// <remarks>
/// <para><b>Shapes.</b> Logits x <c>[N×C]</c>, targets t <c>[N×C]</c>, numbers from 0 to 1; weights as <see cref="ElementwiseLoss{T}"/>. The mean goes over samples and
/// columns. <b>Gradient.</b> <c>dL/dx = ((1 − t)·σ(x) − a·t·σ(−x))/(N·C)</c>, without weight <c>(σ(x) − t)/(N·C)</c>. <b>Cached.</b> That without the factor.</para>
/// <para><b>Stable.</b> Computed as <c>a·t·ln(1 + e^−x) + (1 − t)·ln(1 + e^x)</c>, both of <c>e^−|x|</c>: finite and with all its digits at logits of ±1e4.</para>
/// <para><b>Source.</b> Goodfellow, Bengio and Courville (2016), section 6.2.2.2; PyTorch's BCEWithLogitsLoss with pos_weight. <b>Threads.</b> See <see cref="Loss{T, TTarget}"/>.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="positiveWeight">a, what a yes counts: a finite number above 0; 1 by default. The number of noes over that of yeses balances rare yeses.
/// It does not change what a mean is divided by.</param>
/// <param name="reduction">Mean (the default) or sum.</param>
/// <exception cref="ArgumentOutOfRangeException">a is no such number.</exception>
public sealed class BinaryCrossEntropy<T>(T? positiveWeight = null, Reduction reduction = Reduction.Mean) : ElementwiseLoss<T>(reduction)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>a, what a yes counts.</summary>
    public T PositiveWeight { get; } = Require.Positive(positiveWeight ?? T.One, nameof(positiveWeight));

    /// <summary><c>BinaryCrossEntropy</c>.</summary>
    public override string ToString() => "BinaryCrossEntropy";

    /// <inheritdoc/>
    protected override void CheckTarget(Matrix<T> prediction, Matrix<T> target)
    {
        base.CheckTarget(prediction, target);
        CheckFractions(target);
    }

    /// <inheritdoc/>
    protected override void Losses(Matrix<T> prediction, Matrix<T> target, Matrix<T> slopes, Span<T> losses, Cache<T> cache) =>
        LossOperations.BinaryCrossEntropy(prediction.AsSpan(), target.AsSpan(), PositiveWeight, slopes.AsSpan(), losses);
}
