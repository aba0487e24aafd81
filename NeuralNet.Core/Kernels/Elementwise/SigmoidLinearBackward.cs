using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Elementwise;

/// <summary><c>y ← x·(σ(x) + x·σ′(x))</c>: upstream through a SiLU whose input x was s.</summary>
internal readonly struct SigmoidLinearBackward<T> : IElementwiseOperation<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static bool IsCostly => true;

    /// <inheritdoc/>
    public static int Inputs => 2;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply<TVector, TSimd>(
        TVector input, TVector secondInput, ref TVector output, ref TVector secondOutput, ref TVector thirdOutput)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
    {
        TVector x = TSimd.Clamp(secondInput, TSimd.Constant(-1000), TSimd.Constant(1000));
        TVector s = LogisticSlope<T, TVector, TSimd>.Of(x, out TVector slope);
        output = TSimd.Multiply(input, TSimd.MultiplyAdd(x, slope, s));
    }
}
