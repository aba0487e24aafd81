using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Normalizing;

/// <summary><c>target ← q·(scale·x − r − s·z)</c> with <c>z = (y − p)·q</c>, <c>sum ← sum + x</c> and <c>second ← second + x·z</c>; x is upstream, y the input.</summary>
internal readonly struct StandardizeRowBackward<T> : IEntryFormula<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static bool HasSecond => true;

    /// <inheritdoc/>
    public static bool Writes => true;

    /// <inheritdoc/>
    public static int Numbers => 4;

    /// <inheritdoc/>
    public static int Sums => 2;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TVector, TSimd>(
        TVector x, TVector y, TVector p, TVector q, TVector r, TVector s, TVector scale, TVector shift, ref TVector sum, ref TVector secondSum)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
    {
        TVector standardized = TSimd.Multiply(TSimd.Subtract(y, p), q);
        sum = TSimd.Add(sum, x);
        secondSum = TSimd.MultiplyAdd(x, standardized, secondSum);
        return TSimd.Multiply(q, TSimd.Subtract(TSimd.Multiply(scale, x), TSimd.MultiplyAdd(s, standardized, r)));
    }
}
