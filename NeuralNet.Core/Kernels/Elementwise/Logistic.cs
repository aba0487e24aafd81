using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Elementwise;

/// <summary><c>y ← e^x / (1 + e^x)</c>: all digits down to the smallest number, and nothing overflows.</summary>
internal readonly struct Logistic<T> : IElementwiseOperation<T> where T : unmanaged, IFloatingPointIeee754<T>
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

    /// <summary><c>σ(x)</c> for the operations that have it within them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Of<TVector, TSimd>(TVector x)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
    {
        // From 40 on, adding 1 does not change e^40 in either type, and the quotient is 1.
        TVector exponential = Exponential<T, TVector, TSimd>.ExpOfAtMost(40, x);
        return TSimd.Divide(exponential, TSimd.Add(TSimd.Constant(1), exponential));
    }
}
