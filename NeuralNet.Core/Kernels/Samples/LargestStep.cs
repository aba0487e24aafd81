using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Samples;

/// <summary><c>state ← max(state, first)</c>.</summary>
internal readonly struct LargestStep<T> : IColumnStep<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TVector, TSimd>(ref TVector state, TVector first, TVector second, TVector a, TVector b)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T> => state = TSimd.Max(state, first);
}
