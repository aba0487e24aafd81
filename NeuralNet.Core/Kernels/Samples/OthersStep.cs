using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Samples;

/// <summary><c>state ← state + second</c> where <c>first &lt; a</c>.</summary>
internal readonly struct OthersStep<T> : IColumnStep<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static bool HasSecond => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TVector, TSimd>(ref TVector state, TVector first, TVector second, TVector a, TVector b)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T> =>
        state = TSimd.Add(state, TSimd.Select(TSimd.GreaterThan(a, first), second, default));
}
