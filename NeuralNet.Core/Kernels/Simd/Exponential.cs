using System.Numerics;
using System.Runtime.CompilerServices;

namespace NeuralNet.Core.Kernels.Simd;

/// <summary><c>e^x</c> and <c>e^x − 1</c>: x is reduced to r = x − n·ln 2 in two parts (Cody and Waite 1980, chapter 6), e^r is a polynomial.</summary>
/// <remarks>The polynomials <c>1 + r + r²·Q(r)</c> have the least largest error, found by Remez' exchange, of 1.4e-8 for float and 2e-17 for
/// double, relative to e^r − 1. e^0 is 1 exactly.</remarks>
internal static class Exponential<T, TVector, TSimd>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TVector : struct
    where TSimd : struct, ISimd<TVector, T>
{
    /// <summary><c>e^x</c> to about 1 unit in the last place: 0 far below zero, ∞ above the range, NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Exp(TVector x) => ExpOfAtMost(typeof(T) == typeof(float) ? 89 : 710, x);

    /// <summary><c>e^min(x, most)</c> to about 1 unit in the last place: 0 far below zero, NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector ExpOfAtMost(double most, TVector x)
    {
        TVector inside = TSimd.Clamp(x, TSimd.Constant(typeof(T) == typeof(float) ? -105 : -746), TSimd.Constant(most));
        TVector r = Reduced(inside, out TVector n);
        return TSimd.Scale(TSimd.Add(TSimd.Constant(1), MinusOne(r)), n);
    }

    /// <summary><c>e^x − 1</c> for x ≤ 0 with all its digits near 0; −1 far below, NaN stays NaN. Above 0, as far as 20.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector ExpMinusOne(TVector x)
    {
        // Below −40 the result is −1 in both types.
        TVector r = Reduced(TSimd.Clamp(x, TSimd.Constant(-40), TSimd.Constant(20)), out TVector n);
        TVector power = TSimd.PowerOfTwo(n);
        return TSimd.MultiplyAdd(power, MinusOne(r), TSimd.Subtract(power, TSimd.Constant(1)));
    }

    // x − n·ln 2 with the nearest whole n: n times the first part of ln 2 is exact.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Reduced(TVector x, out TVector n)
    {
        bool isSingle = typeof(T) == typeof(float);
        TVector whole = TSimd.Constant(isSingle ? 12582912 : 6755399441055744); // Adding 1.5·2^23 or 1.5·2^52 rounds to a whole number.
        n = TSimd.Subtract(TSimd.MultiplyAdd(x, TSimd.Constant(1.442695040888963407), whole), whole);
        TVector r = TSimd.MultiplyAdd(n, TSimd.Constant(isSingle ? -0.693145751953125 : -0.69314718055966295651), x);
        return TSimd.MultiplyAdd(n, TSimd.Constant(isSingle ? -1.42860682e-06 : -2.8235290563031577e-13), r);
    }

    // e^r − 1 for |r| ≤ ½·ln 2.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector MinusOne(TVector r)
    {
        TVector q;
        if (typeof(T) == typeof(float))
        {
            q = Next(TSimd.Constant(0.00138824002), r, 0.00836718082);
            q = Next(q, r, 0.041667223);
            q = Next(q, r, 0.16666539);
            q = Next(q, r, 0.49999997);
        }
        else
        {
            q = Next(TSimd.Constant(2.5053788560769672e-08), r, 2.762740318630616e-07);
            q = Next(q, r, 2.7557411140644872e-06);
            q = Next(q, r, 2.4801501984797407e-05);
            q = Next(q, r, 0.00019841269711529257);
            q = Next(q, r, 0.0013888888934154818);
            q = Next(q, r, 0.0083333333333941648);
            q = Next(q, r, 0.041666666666569416);
            q = Next(q, r, 0.16666666666666582);
            q = Next(q, r, 0.50000000000000056);
        }

        return TSimd.MultiplyAdd(TSimd.Multiply(r, r), q, r);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Next(TVector q, TVector r, double coefficient) => TSimd.MultiplyAdd(q, r, TSimd.Constant(coefficient));
}
