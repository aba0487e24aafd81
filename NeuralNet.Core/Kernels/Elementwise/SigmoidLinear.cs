using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Elementwise;

/// <summary><c>y ← x·σ(x)</c>: SiLU, also called swish.</summary>
/// <remarks>Source: Elfwing, Uchibe and Doya (2018), equation 5.</remarks>
internal readonly struct SigmoidLinear<T> : IElementwiseOperation<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static bool IsCostly => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply<TVector, TSimd>(
        TVector input, TVector secondInput, ref TVector output, ref TVector secondOutput, ref TVector thirdOutput)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
    {
        // Far below zero σ is 0, and minus infinity must not be multiplied by it.
        TVector x = TSimd.Max(input, TSimd.Constant(-1000));
        output = TSimd.Multiply(x, Logistic<T>.Of<TVector, TSimd>(x));
    }
}
