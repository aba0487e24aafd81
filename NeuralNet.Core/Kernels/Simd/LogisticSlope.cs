using System.Numerics;
using System.Runtime.CompilerServices;

namespace NeuralNet.Core.Kernels.Simd;

/// <summary><c>σ(z)</c> together with its derivative <c>σ(z)·(1 − σ(z))</c>, both of <c>e^−|z|</c>: the difference is not taken, so that its
/// digits are not lost where σ is almost 1.</summary>
internal static class LogisticSlope<T, TVector, TSimd>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TVector : struct
    where TSimd : struct, ISimd<TVector, T>
{
    /// <summary><c>σ(z)</c>; NaN stays NaN.</summary>
    /// <param name="z">z.</param>
    /// <param name="slope">Receives the derivative.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Of(TVector z, out TVector slope)
    {
        TVector one = TSimd.Constant(1);
        TVector exponential = TSimd.Exp(TSimd.Subtract(default, TSimd.Abs(z)));
        TVector larger = TSimd.Divide(one, TSimd.Add(one, exponential)), smaller = TSimd.Multiply(exponential, larger);
        slope = TSimd.Multiply(larger, smaller);
        return TSimd.Select(TSimd.GreaterThan(z, default), larger, smaller);
    }
}
