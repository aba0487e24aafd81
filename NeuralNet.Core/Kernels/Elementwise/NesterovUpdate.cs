using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Elementwise;

/// <summary><c>g ← g + λ·θ</c>, <c>v ← momentum·v + g</c>, then <c>θ ← θ + factor·(g + momentum·v)</c>: a step with a velocity that looks ahead. Input g; outputs v, θ.</summary>
/// <param name="weightDecay">λ, 0 for none.</param>
/// <param name="momentum">Of the old velocity, and of the new one where it looks ahead.</param>
/// <param name="factor">The negative learning rate.</param>
internal readonly struct NesterovUpdate<T>(T weightDecay, T momentum, T factor) : IElementwiseOperation<T> where T : unmanaged, IFloatingPointIeee754<T>
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
        TVector ahead = TSimd.MultiplyAdd(TSimd.Create(momentum), output, gradient);
        secondOutput = TSimd.MultiplyAdd(TSimd.Create(factor), ahead, secondOutput);
    }
}
