using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Samples;

/// <summary><c>ln Σ_k e^(x_k − m)</c>, with all its digits also where one x is far greater than the others: then it is the logarithm of little more than 1.</summary>
internal static class LogOfSum<T, TVector, TSimd>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TVector : struct
    where TSimd : struct, ISimd<TVector, T>
{
    /// <summary>Whether one x is far greater than the others anywhere; if not, <see cref="Of"/> is the logarithm of the sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsAnyNearOne(TVector sum) =>
        TSimd.Max(TSimd.Select(TSimd.GreaterThan(TSimd.Constant(1.5), sum), TSimd.Constant(1), default)) > T.Zero;

    /// <summary>The logarithm; NaN stays NaN.</summary>
    /// <param name="sum">The whole sum, 1 or more.</param>
    /// <param name="others">The sum without the terms that are 1.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Of(TVector sum, TVector others)
    {
        // Below 1.5 one term is 1, and the others are together less than ½.
        TVector isNearOne = TSimd.GreaterThan(TSimd.Constant(1.5), sum);
        TVector small = TSimd.Select(isNearOne, others, default);
        return TSimd.Select(isNearOne, LogOnePlus<T, TVector, TSimd>.Of(small), TSimd.Log(sum));
    }
}
