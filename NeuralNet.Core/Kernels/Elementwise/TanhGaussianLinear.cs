using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Elementwise;

/// <summary><c>target ← x·σ(2u)</c> with <c>2u = √(8/π)·(x + 0.044715·x³)</c>, x the source: GELU in its form with tanh.</summary>
/// <remarks>Source: Hendrycks and Gimpel (2016), section 2: ½x(1 + tanh u), u = √(2/π)(x + 0.044715x³), and (1 + tanh u)/2 = σ(2u).</remarks>
internal readonly struct TanhGaussianLinear<T> : IElementwiseOperation<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary><c>√(8/π)</c>, the slope of 2u at 0.</summary>
    public const double Slope = 1.5957691216057307117;

    /// <inheritdoc/>
    public static int PieceLength => 2 * 1024;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Apply<TVector, TSimd>(ref TVector target, ref TVector second, TVector source, TVector factor, TVector secondFactor)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
    {
        // At −40 σ(2u) has long been 0, which infinity must not be multiplied by, and nothing overflows on the way to it.
        TVector x = TSimd.Clamp(source, TSimd.Constant(-40), TSimd.Constant(40));
        TVector cubic = TSimd.MultiplyAdd(TSimd.Constant(0.044715 * Slope), TSimd.Multiply(x, x), TSimd.Constant(Slope));
        TVector s = Logistic<T>.Of<TVector, TSimd>(TSimd.Multiply(x, cubic));
        target = TSimd.Multiply(TSimd.Max(source, TSimd.Constant(-40)), s);
    }
}
