using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace NeuralNet.Core.Kernels.Simd;

/// <summary>The tail of the normal distribution, <c>Φ(−a) = ½·erfc(a / √2)</c> for a ≥ 0, with all its digits however far out.</summary>
/// <remarks><c>e^(a²/2)·Φ(−a)</c> is smooth and falls as 1/a: it is <c>M(t) / (a + k)</c> with a polynomial M in <c>t = (a − k) / (a + k)</c>, which
/// takes a ≥ 0 to −1 ≤ t &lt; 1. M has the least largest error, found by Remez' exchange: 9e-9 for float (k = 4) and 1.3e-17 for double
/// (k = 5), relative to the tail. The rounding of a² would be multiplied by the exponential; what it lost is put back.</remarks>
internal static class NormalTail<T, TVector, TSimd>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TVector : struct
    where TSimd : struct, ISimd<TVector, T>
{
    /// <summary>Beyond it <c>e^(−a²/2)</c> is 0 in the element type.</summary>
    public static TVector Farthest
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TSimd.Constant(typeof(T) == typeof(float) ? 14.6 : 39);
    }

    /// <summary><c>Φ(−a)</c> for 0 ≤ a ≤ <see cref="Farthest"/>; NaN stays NaN.</summary>
    /// <param name="a">a.</param>
    /// <param name="exponential">Receives <c>e^(−a²/2)</c>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Of(TVector a, out TVector exponential)
    {
        TVector square = TSimd.Multiply(a, a);
        TVector lost = RoundingOfSquare(a, square);
        TVector rounded = TSimd.Exp(TSimd.Multiply(TSimd.Constant(-0.5), square));
        exponential = TSimd.MultiplyAdd(rounded, TSimd.Multiply(TSimd.Constant(-0.5), lost), rounded);

        double k = typeof(T) == typeof(float) ? 4 : 5;
        TVector reciprocal = TSimd.Divide(TSimd.Constant(1), TSimd.Add(a, TSimd.Constant(k)));
        TVector t = TSimd.MultiplyAdd(TSimd.Constant(-2 * k), reciprocal, TSimd.Constant(1));
        return TSimd.Multiply(exponential, TSimd.Multiply(reciprocal, M(t)));
    }

    // a² − square, without rounding: in one fused multiply-add, or from halves of a whose products have room (Dekker 1971).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector RoundingOfSquare(TVector a, TVector square)
    {
        if (Fma.IsSupported || AdvSimd.IsSupported)
        {
            return TSimd.MultiplyAdd(a, a, TSimd.Subtract(default, square));
        }

        TVector large = TSimd.Multiply(a, TSimd.Constant(typeof(T) == typeof(float) ? 4097 : 134217729)); // 2¹² + 1, 2²⁷ + 1
        TVector high = TSimd.Subtract(large, TSimd.Subtract(large, a)), low = TSimd.Subtract(a, high);
        TVector middle = TSimd.Multiply(high, low), rest = TSimd.Subtract(TSimd.Multiply(high, high), square);
        return TSimd.Add(TSimd.Add(rest, TSimd.Add(middle, middle)), TSimd.Multiply(low, low));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector M(TVector t)
    {
        TVector m;
        if (typeof(T) == typeof(float))
        {
            m = Next(TSimd.Constant(-0.000132435103), t, 0.000178367482);
            m = Next(m, t, 0.00156958995);
            m = Next(m, t, -0.00351207354);
            m = Next(m, t, -0.00752500305);
            m = Next(m, t, 0.0604037642);
            m = Next(m, t, -0.186523482);
            m = Next(m, t, 0.387136906);
            m = Next(m, t, -0.607896566);
            return Next(m, t, 0.755285144);
        }

        m = Next(TSimd.Constant(2.0139164568200294e-09), t, 7.1818339620496908e-09);
        m = Next(m, t, -1.0211223745985653e-08);
        m = Next(m, t, -6.5319665774835175e-08);
        m = Next(m, t, 4.3613253413508269e-08);
        m = Next(m, t, 4.3268659790601808e-07);
        m = Next(m, t, -3.3774419240991425e-07);
        m = Next(m, t, -2.7690556529796685e-06);
        m = Next(m, t, 3.9814919118312594e-06);
        m = Next(m, t, 1.6681145200816518e-05);
        m = Next(m, t, -4.9763010488938261e-05);
        m = Next(m, t, -5.9375711436723999e-05);
        m = Next(m, t, 0.00054489910592325828);
        m = Next(m, t, -0.00079786940144309349);
        m = Next(m, t, -0.002993376775702463);
        m = Next(m, t, 0.020795066800237526);
        m = Next(m, t, -0.069118638705951654);
        m = Next(m, t, 0.16502036617036187);
        m = Next(m, t, -0.3135331566713157);
        m = Next(m, t, 0.49530561596997696);
        m = Next(m, t, -0.66538250289005663);
        return Next(m, t, 0.76919304975006297);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Next(TVector m, TVector t, double coefficient) => TSimd.MultiplyAdd(m, t, TSimd.Constant(coefficient));
}
