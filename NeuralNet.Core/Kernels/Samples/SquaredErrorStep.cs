using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Samples;

/// <summary><c>state ← state + d²</c>, <c>target ← 2d</c> with <c>d = first − second</c>.</summary>
internal readonly struct SquaredErrorStep<T> : IColumnStep<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static bool HasSecond => true;

    /// <inheritdoc/>
    public static bool Writes => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TVector, TSimd>(ref TVector state, TVector first, TVector second, TVector a, TVector b)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
    {
        TVector difference = TSimd.Subtract(first, second);
        state = TSimd.MultiplyAdd(difference, difference, state);
        return TSimd.Add(difference, difference);
    }
}
