using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Elementwise;

/// <summary>
/// <c>y ← x·Φ(x)</c> with the normal distribution Φ: GELU, computed as <c>max(0, x) − |x|·Φ(−|x|)</c>, which cancels nowhere.
/// </summary>
/// <remarks>Source: Hendrycks and Gimpel (2016), section 2. All digits also far below zero.</remarks>
internal readonly struct GaussianLinear<T> : IElementwiseOperation<T> where T : unmanaged, IFloatingPointIeee754<T>
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
        TVector a = TSimd.Clamp(TSimd.Abs(input), default, NormalTail<T, TVector, TSimd>.Farthest);
        TVector tail = NormalTail<T, TVector, TSimd>.Of(a, out _);
        output = TSimd.Subtract(TSimd.Rectify(input), TSimd.Multiply(a, tail));
    }
}
