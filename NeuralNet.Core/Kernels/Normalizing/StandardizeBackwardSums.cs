using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Normalizing;

/// <summary><c>sum ← sum + x</c> and <c>second ← second + x·(y − p)</c>; x is upstream, y the input.</summary>
internal readonly struct StandardizeBackwardSums<T> : IEntryFormula<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static bool HasSecond => true;

    /// <inheritdoc/>
    public static int Numbers => 1;

    /// <inheritdoc/>
    public static int Sums => 2;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TVector, TSimd>(
        TVector x, TVector y, TVector p, TVector q, TVector r, TVector s, TVector scale, TVector shift, ref TVector sum, ref TVector secondSum)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
    {
        sum = TSimd.Add(sum, x);
        secondSum = TSimd.MultiplyAdd(x, TSimd.Subtract(y, p), secondSum);
        return default;
    }
}
