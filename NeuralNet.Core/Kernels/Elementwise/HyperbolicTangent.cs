using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Elementwise;

/// <summary><c>y ← tanh x = −t / (2 + t)</c> with <c>t = e^(−2·|x|) − 1</c>, and the sign of the x.</summary>
/// <remarks>All digits near 0, where tanh x is x; ±1 exactly far out.</remarks>
internal readonly struct HyperbolicTangent<T> : IElementwiseOperation<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static bool IsCostly => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply<TVector, TSimd>(
        TVector input, TVector secondInput, ref TVector output, ref TVector secondOutput, ref TVector thirdOutput)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
    {
        output = Of<TVector, TSimd>(input);
    }

    /// <summary><c>tanh x</c> for the operations that have it within them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Of<TVector, TSimd>(TVector x)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
    {
        TVector t = Exponential<T, TVector, TSimd>.ExpMinusOne(TSimd.Multiply(TSimd.Constant(-2), TSimd.Abs(x)));
        return TSimd.CopySign(TSimd.Divide(t, TSimd.Add(TSimd.Constant(2), t)), x);
    }
}
