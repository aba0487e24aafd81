using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Samples;

/// <summary><c>state ← state + 1</c> where first is a, the greatest; NaN where that is infinite or NaN.</summary>
internal readonly struct GreatestStep<T> : IColumnStep<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TVector, TSimd>(ref TVector state, TVector first, TVector second, TVector a, TVector b)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T> =>
        state = TSimd.Add(state, TSimd.Select(TSimd.GreaterThan(a, first), default, TSimd.Add(TSimd.Subtract(first, a), TSimd.Constant(1))));
}
