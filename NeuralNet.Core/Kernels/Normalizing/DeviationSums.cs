using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Normalizing;

/// <summary><c>sum ← sum + d</c> and <c>second ← second + d²</c> with the deviation <c>d = x − p</c>.</summary>
internal readonly struct DeviationSums<T> : IEntryFormula<T> where T : unmanaged, IFloatingPointIeee754<T>
{
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
        TVector deviation = TSimd.Subtract(x, p);
        sum = TSimd.Add(sum, deviation);
        secondSum = TSimd.MultiplyAdd(deviation, deviation, secondSum);
        return default;
    }
}
