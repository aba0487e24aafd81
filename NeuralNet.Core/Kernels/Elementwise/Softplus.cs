using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Elementwise;

/// <summary><c>y ← ln(1 + e^x) = max(0, x) + ln(1 + e^−|x|)</c>.</summary>
internal readonly struct Softplus<T> : IElementwiseOperation<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static int PieceLength => 2 * 1024;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply<TVector, TSimd>(ref Lanes<TVector> outputs, in Lanes<TVector> inputs)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
    {
        TVector exponential = TSimd.Exp(TSimd.Subtract(default, TSimd.Abs(inputs.First)));
        outputs.First = TSimd.Add(TSimd.Rectify(inputs.First), LogOnePlus<T, TVector, TSimd>.Of(exponential));
    }
}
