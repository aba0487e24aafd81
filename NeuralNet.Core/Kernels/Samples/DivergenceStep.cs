using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Samples;

/// <summary><c>state ← state + q·(ln q − x)</c>, nothing where q is 0; <c>target ← −q</c>; first is x, second q.</summary>
internal readonly struct DivergenceStep<T> : IColumnStep<T> where T : unmanaged, IFloatingPointIeee754<T>
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
        TVector term = TSimd.Multiply(second, TSimd.Subtract(TSimd.Log(second), first));
        state = TSimd.Add(state, TSimd.Select(TSimd.GreaterThan(second, default), term, default));
        return TSimd.Subtract(default, second);
    }
}
