using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Normalizing;

/// <summary><c>sum ← sum + scale·x</c> and <c>second ← second + scale·x·(y − p)·q</c>; x is upstream, y the input.</summary>
internal readonly struct RowGradientSums<T> : IEntryFormula<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static bool HasSecond => true;

    /// <inheritdoc/>
    public static int Numbers => 2;

    /// <inheritdoc/>
    public static int Sums => 2;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TVector, TSimd>(
        TVector x, TVector y, TVector p, TVector q, TVector r, TVector s, TVector scale, TVector shift, ref TVector sum, ref TVector secondSum)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
    {
        TVector gradient = TSimd.Multiply(scale, x);
        sum = TSimd.Add(sum, gradient);
        secondSum = TSimd.MultiplyAdd(gradient, TSimd.Multiply(TSimd.Subtract(y, p), q), secondSum);
        return default;
    }
}
