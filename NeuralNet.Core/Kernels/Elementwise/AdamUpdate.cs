using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Elementwise;

/// <summary><c>g ← g + λ·θ</c>, <c>m ← β₁·m + (1 − β₁)·g</c>, <c>v ← β₂·v + (1 − β₂)·g²</c>, then <c>θ ← kept·θ + factor·m / (c·√v + ε)</c>. Input g; outputs m, v, θ.</summary>
/// <param name="weightDecay">λ, 0 for none.</param>
/// <param name="beta1">β₁.</param>
/// <param name="rest1">1 − β₁.</param>
/// <param name="beta2">β₂.</param>
/// <param name="rest2">1 − β₂.</param>
/// <param name="correction">c, 1/√(1 − β₂^t).</param>
/// <param name="epsilon">ε.</param>
/// <param name="kept">What decoupled weight decay leaves of θ, 1 for none.</param>
/// <param name="factor">The negative learning rate, divided by 1 − β₁^t.</param>
internal readonly struct AdamUpdate<T>(T weightDecay, T beta1, T rest1, T beta2, T rest2, T correction, T epsilon, T kept, T factor) : IElementwiseOperation<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static int Outputs => 3;

    /// <inheritdoc/>
    public static bool ReadsOutputs => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply<TVector, TSimd>(
        TVector input, TVector secondInput, ref TVector output, ref TVector secondOutput, ref TVector thirdOutput)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
    {
        TVector gradient = TSimd.MultiplyAdd(TSimd.Create(weightDecay), thirdOutput, input);
        output = TSimd.MultiplyAdd(TSimd.Create(beta1), output, TSimd.Multiply(TSimd.Create(rest1), gradient));
        TVector added = TSimd.Multiply(TSimd.Multiply(TSimd.Create(rest2), gradient), gradient);
        secondOutput = TSimd.MultiplyAdd(TSimd.Create(beta2), secondOutput, added);
        TVector scale = TSimd.MultiplyAdd(TSimd.SquareRoot(secondOutput), TSimd.Create(correction), TSimd.Create(epsilon));
        thirdOutput = TSimd.MultiplyAdd(TSimd.Create(factor), TSimd.Divide(output, scale), TSimd.Multiply(TSimd.Create(kept), thirdOutput));
    }
}
