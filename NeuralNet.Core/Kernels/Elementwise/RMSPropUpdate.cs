using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Elementwise;

/// <summary><c>g ← g + λ·θ</c>, <c>s ← α·s + (1 − α)·g²</c>, then <c>θ ← θ + factor·g / (√s + ε)</c>. Input g; outputs s, θ.</summary>
/// <param name="weightDecay">λ, 0 for none.</param>
/// <param name="smoothing">α.</param>
/// <param name="rest">1 − α.</param>
/// <param name="epsilon">ε.</param>
/// <param name="factor">The negative learning rate.</param>
internal readonly struct RMSPropUpdate<T>(T weightDecay, T smoothing, T rest, T epsilon, T factor) : IElementwiseOperation<T> where T : unmanaged, IFloatingPointIeee754<T>
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
        TVector added = TSimd.Multiply(TSimd.Multiply(TSimd.Create(rest), gradient), gradient);
        output = TSimd.MultiplyAdd(TSimd.Create(smoothing), output, added);
        TVector direction = TSimd.Divide(gradient, TSimd.Add(TSimd.SquareRoot(output), TSimd.Create(epsilon)));
        secondOutput = TSimd.MultiplyAdd(TSimd.Create(factor), direction, secondOutput);
    }
}
