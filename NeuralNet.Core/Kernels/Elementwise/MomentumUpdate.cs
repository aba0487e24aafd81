using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Elementwise;

/// <summary><c>g ← g + λ·θ</c>, <c>v ← momentum·v + g</c>, then <c>θ ← θ + factor·v</c>: a step with velocity. Input g; outputs v, θ.</summary>
/// <param name="weightDecay">λ, 0 for none.</param>
/// <param name="momentum">Of the old velocity.</param>
/// <param name="factor">Of the new velocity: the negative learning rate.</param>
internal readonly struct MomentumUpdate<T>(T weightDecay, T momentum, T factor) : IElementwiseOperation<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static int Outputs => 2;

    /// <inheritdoc/>
    public static bool ReadsOutputs => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply<TVector, TSimd>(
        TVector input, TVector secondInput, ref TVector output, ref TVector secondOutput, ref TVector thirdOutput)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
    {
        TVector gradient = TSimd.MultiplyAdd(TSimd.Create(weightDecay), secondOutput, input);
        output = TSimd.MultiplyAdd(TSimd.Create(momentum), output, gradient);
        secondOutput = TSimd.MultiplyAdd(TSimd.Create(factor), output, secondOutput);
    }
}
