using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Elementwise;

/// <summary><c>y ← ln(1 + e^x) = max(0, x) + ln(1 + e^−|x|)</c>: softplus.</summary>
internal readonly struct SoftRectify<T> : IElementwiseOperation<T> where T : unmanaged, IFloatingPointIeee754<T>
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
        TVector exponential = TSimd.Exp(TSimd.Subtract(default, TSimd.Abs(input)));
        output = TSimd.Add(TSimd.Rectify(input), LogOnePlus<T, TVector, TSimd>.Of(exponential));
    }
}
