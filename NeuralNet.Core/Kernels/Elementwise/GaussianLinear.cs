using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Elementwise;

/// <summary>
/// <c>target ← source·Φ(source)</c> with the normal distribution Φ: GELU, computed as <c>max(0, x) − |x|·Φ(−|x|)</c>, which cancels nowhere.
/// </summary>
/// <remarks>Source: Hendrycks and Gimpel (2016), section 2. All digits also far below zero.</remarks>
internal readonly struct GaussianLinear<T> : IElementwiseOperation<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static int PieceLength => 2 * 1024;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Apply<TVector, TSimd>(ref TVector target, ref TVector second, TVector source, TVector factor, TVector secondFactor)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
    {
        TVector a = TSimd.Clamp(TSimd.Abs(source), default, NormalTail<T, TVector, TSimd>.Farthest);
        TVector tail = NormalTail<T, TVector, TSimd>.Of(a, out _);
        target = TSimd.Subtract(TSimd.Rectify(source), TSimd.Multiply(a, tail));
    }
}
