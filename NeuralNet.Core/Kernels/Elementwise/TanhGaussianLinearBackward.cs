using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Elementwise;

/// <summary><c>y ← x·(σ(2u) + x·σ′(2u)·(2u)′)</c>: upstream through a GELU in its form with tanh whose input x was s.</summary>
/// <remarks>See <see cref="TanhGaussianLinear{T}"/>.</remarks>
internal readonly struct TanhGaussianLinearBackward<T> : IElementwiseOperation<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static bool IsCostly => true;

    /// <inheritdoc/>
    public static int Inputs => 2;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply<TVector, TSimd>(
        TVector input, TVector secondInput, ref TVector output, ref TVector secondOutput, ref TVector thirdOutput)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
    {
        TVector x = TSimd.Clamp(secondInput, TSimd.Constant(-40), TSimd.Constant(40));
        TVector square = TSimd.Multiply(x, x);
        TVector slope = TSimd.Constant(TanhGaussianLinear<T>.Slope);
        TVector cubic = TSimd.MultiplyAdd(TSimd.Constant(0.044715 * TanhGaussianLinear<T>.Slope), square, slope);
        TVector derivative = TSimd.MultiplyAdd(TSimd.Constant(3 * 0.044715 * TanhGaussianLinear<T>.Slope), square, slope);
        TVector s = LogisticSlope<T, TVector, TSimd>.Of(TSimd.Multiply(x, cubic), out TVector logisticSlope);
        output = TSimd.Multiply(input, TSimd.MultiplyAdd(TSimd.Multiply(x, logisticSlope), derivative, s));
    }
}
