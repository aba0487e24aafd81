using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Elementwise;

/// <summary><c>target ← source</c> at and above zero, <c>factor·(e^source − 1)</c> below.</summary>
internal readonly struct ExponentialLinear<T> : IElementwiseOperation<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static int PieceLength => 2 * 1024;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Apply<TVector, TSimd>(ref TVector target, ref TVector second, TVector source, TVector factor, TVector secondFactor)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
    {
        TVector below = TSimd.Multiply(factor, Exponential<T, TVector, TSimd>.ExpMinusOne(source));
        target = TSimd.Select(TSimd.GreaterThan(default, source), below, source);
    }
}
