using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Normalizing;

/// <summary><c>target ← x</c> where y &gt; 0, <c>p·x</c> elsewhere, and <c>sum ← sum + x·y</c> elsewhere; x is upstream, y the input.</summary>
internal readonly struct RectifyColumnBackward<T> : IEntryFormula<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static bool HasSecond => true;

    /// <inheritdoc/>
    public static bool Writes => true;

    /// <inheritdoc/>
    public static int Numbers => 1;

    /// <inheritdoc/>
    public static int Sums => 1;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TVector, TSimd>(
        TVector x, TVector y, TVector p, TVector q, TVector r, TVector s, TVector scale, TVector shift, ref TVector sum, ref TVector secondSum)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
    {
        TVector isPositive = TSimd.GreaterThan(y, default);
        sum = TSimd.Add(sum, TSimd.Select(isPositive, default, TSimd.Multiply(x, y)));
        return TSimd.Select(isPositive, x, TSimd.Multiply(p, x));
    }
}
