using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Elementwise;

/// <summary><c>y ← 1 / (1 + e^−x)</c> from 0 on, <c>e^x / (1 + e^x)</c> below: all digits down to the smallest number, and nothing overflows.</summary>
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
        TVector one = TSimd.Create(T.One);
        TVector exponential = TSimd.Exp(TSimd.Subtract(default, TSimd.Abs(x)));
        return TSimd.Divide(TSimd.Select(TSimd.GreaterThan(default, x), exponential, one), TSimd.Add(one, exponential));
    }
}
