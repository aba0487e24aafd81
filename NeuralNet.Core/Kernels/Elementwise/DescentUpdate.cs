using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Elementwise;

/// <summary><c>g ← g + λ·θ</c>, then <c>θ ← θ + factor·g</c>: a step of plain descent with weight decay. Input g; output θ.</summary>
/// <param name="weightDecay">λ, 0 for none.</param>
/// <param name="factor">The negative learning rate.</param>
internal readonly struct DescentUpdate<T>(T weightDecay, T factor) : IElementwiseOperation<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static bool ReadsOutputs => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply<TVector, TSimd>(
        TVector input, TVector secondInput, ref TVector output, ref TVector secondOutput, ref TVector thirdOutput)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
    {
        TVector gradient = TSimd.MultiplyAdd(TSimd.Create(weightDecay), output, input);
        output = TSimd.MultiplyAdd(TSimd.Create(factor), gradient, output);
    }
}
