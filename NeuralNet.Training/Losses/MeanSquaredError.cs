using System.Numerics;

namespace NeuralNet.Training.Losses;

/// <summary>The mean of squared errors, <c>L = 1/(N·C) Σ_ij (ŷ_ij − y_ij)²</c>: over samples and columns, without a factor ½.</summary>
/// <remarks>
/// <para><b>Shapes.</b> Prediction and target <c>[N×C]</c>. <b>Gradient.</b> <c>dL/dŷ = 2(ŷ − y)/(N·C)</c>. <b>Weights.</b> See <see cref="ElementwiseLoss{T}"/>. <b>Cached.</b> ŷ − y.</para>
/// <para><b>Source.</b> The usual definition, as in PyTorch's MSELoss. <b>Threads.</b> See <see cref="Loss{T, TTarget}"/>.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class MeanSquaredError<T>() : SquaredErrorLoss<T>(Reduction.Mean) where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary><c>MeanSquaredError</c>.</summary>
    public override string ToString() => "MeanSquaredError";
}
