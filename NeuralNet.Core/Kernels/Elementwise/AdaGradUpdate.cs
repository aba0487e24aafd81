using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Elementwise;

/// <summary><c>g ← g + λ·θ</c>, <c>s ← s + g²</c>, then <c>θ ← θ + factor·g / (√s + ε)</c>. Input g; outputs s, θ.</summary>
/// <param name="weightDecay">λ, 0 for none.</param>
/// <param name="epsilon">ε.</param>
/// <param name="factor">The negative learning rate.</param>
internal readonly struct AdaGradUpdate<T>(T weightDecay, T epsilon, T factor) : IElementwiseOperation<T> where T : unmanaged, IFloatingPointIeee754<T>
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
        output = TSimd.MultiplyAdd(gradient, gradient, output);
        TVector direction = TSimd.Divide(gradient, TSimd.Add(TSimd.SquareRoot(output), TSimd.Create(epsilon)));
        secondOutput = TSimd.MultiplyAdd(TSimd.Create(factor), direction, secondOutput);
    }
}
