using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Elementwise;

/// <summary><c>y ← x·σ(2u)</c> with <c>2u = √(8/π)·(x + 0.044715·x³)</c>, x the x: GELU in its form with tanh.</summary>
/// <remarks>Source: Hendrycks and Gimpel (2016), section 2: ½x(1 + tanh u), u = √(2/π)(x + 0.044715x³), and (1 + tanh u)/2 = σ(2u).</remarks>
internal readonly struct TanhGaussianLinear<T> : IElementwiseOperation<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary><c>√(8/π)</c>, the slope of 2u at 0.</summary>
    public const double Slope = 1.5957691216057307117;

    /// <inheritdoc/>
    public static bool IsCostly => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply<TVector, TSimd>(
        TVector input, TVector secondInput, ref TVector output, ref TVector secondOutput, ref TVector thirdOutput)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
    {
        // At −40 σ(2u) has long been 0, which infinity must not be multiplied by, and nothing overflows on the way to it.
        TVector x = TSimd.Clamp(input, TSimd.Constant(-40), TSimd.Constant(40));
        TVector cubic = TSimd.MultiplyAdd(TSimd.Constant(0.044715 * Slope), TSimd.Multiply(x, x), TSimd.Constant(Slope));
        TVector s = Logistic<T>.Of<TVector, TSimd>(TSimd.Multiply(x, cubic));
        output = TSimd.Multiply(TSimd.Max(input, TSimd.Constant(-40)), s);
    }
}
