using System.Numerics;

namespace NeuralNet.Training.Losses;

/// <summary>The sum of squared errors, <c>L = Σ_ij (ŷ_ij − y_ij)²</c>: over samples and columns, without a factor ½ and without a mean.</summary>
/// <remarks>
/// <para><b>Shapes.</b> Prediction and target <c>[N×C]</c>. <b>Gradient.</b> <c>dL/dŷ = 2(ŷ − y)</c>. <b>Weights.</b> See <see cref="ElementwiseLoss{T}"/>. <b>Cached.</b> ŷ − y.</para>
/// <para><b>Source.</b> CS231n lecture 4, the training program of a two-layer network. <b>Threads.</b> See <see cref="Loss{T, TTarget}"/>.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class SumSquaredError<T>() : SquaredErrorLoss<T>(Reduction.Sum) where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary><c>SumSquaredError</c>.</summary>
    public override string ToString() => "SumSquaredError";
}
