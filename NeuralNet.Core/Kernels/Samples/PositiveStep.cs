using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Samples;

/// <summary><c>target ← 1</c> where <c>first &gt; 0</c>, 0 elsewhere; <c>state ← state + target</c>.</summary>
internal readonly struct PositiveStep<T> : IColumnStep<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static bool Writes => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TVector, TSimd>(ref TVector state, TVector first, TVector second, TVector a, TVector b)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
    {
        TVector isPositive = TSimd.Select(TSimd.GreaterThan(first, default), TSimd.Constant(1), default);
        state = TSimd.Add(state, isPositive);
        return isPositive;
    }
}
