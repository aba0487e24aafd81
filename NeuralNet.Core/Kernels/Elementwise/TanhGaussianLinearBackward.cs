using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Elementwise;

/// <summary><c>target ← source·(σ(2u) + x·σ′(2u)·(2u)′)</c>: upstream through a GELU in its form with tanh whose input x was second.</summary>
/// <remarks>See <see cref="TanhGaussianLinear{T}"/>.</remarks>
internal readonly struct TanhGaussianLinearBackward<T> : IElementwiseOperation<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static int PieceLength => 2 * 1024;

    /// <inheritdoc/>
    public static bool HasSecond => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Apply<TVector, TSimd>(ref TVector target, ref TVector second, TVector source, TVector factor, TVector secondFactor)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
    {
        TVector x = TSimd.Clamp(second, TSimd.Constant(-40), TSimd.Constant(40));
        TVector square = TSimd.Multiply(x, x);
        TVector slope = TSimd.Constant(TanhGaussianLinear<T>.Slope);
        TVector cubic = TSimd.MultiplyAdd(TSimd.Constant(0.044715 * TanhGaussianLinear<T>.Slope), square, slope);
        TVector derivative = TSimd.MultiplyAdd(TSimd.Constant(3 * 0.044715 * TanhGaussianLinear<T>.Slope), square, slope);
        TVector s = LogisticSlope<T, TVector, TSimd>.Of(TSimd.Multiply(x, cubic), out TVector logisticSlope);
        target = TSimd.Multiply(source, TSimd.MultiplyAdd(TSimd.Multiply(x, logisticSlope), derivative, s));
    }
}
