using System.Numerics;
using System.Runtime.CompilerServices;

namespace NeuralNet.Core.Kernels.Simd;

/// <summary><c>ln(1 + u)</c> for 0 ≤ u ≤ 1, with all its digits near 0.</summary>
/// <remarks>1 + u is brought between √½ and √2 by a factor of 2, and f is what it exceeds 1 by. With <c>s = f / (2 + f)</c>,
/// <c>ln(1 + f) = 2·artanh s = f − s·(f − s²·R(s²))</c>. R has the least largest error, found by Remez' exchange: 9e-10 for float and 1.5e-18
/// for double, relative to the logarithm.</remarks>
internal static class LogOnePlus<T, TVector, TSimd>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TVector : struct
    where TSimd : struct, ISimd<TVector, T>
{
    /// <summary>The logarithm; NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Of(TVector u)
    {
        TVector isHalved = TSimd.GreaterThan(u, TSimd.Constant(0.41421356237309503));
        TVector f = TSimd.Select(isHalved, TSimd.Multiply(TSimd.Subtract(u, TSimd.Constant(1)), TSimd.Constant(0.5)), u);
        TVector s = TSimd.Divide(f, TSimd.Add(TSimd.Constant(2), f));
        TVector square = TSimd.Multiply(s, s);
        TVector rest = TSimd.Subtract(f, TSimd.Multiply(square, R(square)));
        TVector logarithm = TSimd.Subtract(f, TSimd.Multiply(s, rest));
        return TSimd.Add(TSimd.Select(isHalved, TSimd.Constant(0.69314718055994530942), default), logarithm);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector R(TVector square)
    {
        if (typeof(T) == typeof(float))
        {
            return Next(Next(TSimd.Constant(0.298981518), square, 0.399766356), square, 0.666667819);
        }

        TVector r = Next(TSimd.Constant(0.1482635023284109), square, 0.1531115994457905);
        r = Next(r, square, 0.18183671039420681);
        r = Next(r, square, 0.22222196652126086);
        r = Next(r, square, 0.28571428759674478);
        r = Next(r, square, 0.39999999999344293);
        return Next(r, square, 0.6666666666666744);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Next(TVector r, TVector square, double coefficient) => TSimd.MultiplyAdd(r, square, TSimd.Constant(coefficient));
}
