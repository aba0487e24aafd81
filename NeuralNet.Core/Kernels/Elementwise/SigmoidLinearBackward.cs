using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Elementwise;

/// <summary><c>target ← source·(σ(x) + x·σ′(x))</c>: upstream through a SiLU whose input x was second.</summary>
internal readonly struct SigmoidLinearBackward<T> : IElementwiseOperation<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static int PieceLength => 2 * 1024;

    /// <inheritdoc/>
    public static bool HasSecond => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Apply<TVector, TSimd>(ref TVector target, ref TVector second, TVector source, TVector factor, TVector secondFactor)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
    {
        TVector x = TSimd.Clamp(second, TSimd.Constant(-1000), TSimd.Constant(1000));
        TVector s = LogisticSlope<T, TVector, TSimd>.Of(x, out TVector slope);
        target = TSimd.Multiply(source, TSimd.MultiplyAdd(x, slope, s));
    }
}
