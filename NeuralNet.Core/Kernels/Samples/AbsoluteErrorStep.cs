using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Samples;

/// <summary><c>state ← state + |d|</c>, <c>target ← sign d</c> with <c>d = first − second</c>; the sign of 0 is 0, NaN stays NaN.</summary>
internal readonly struct AbsoluteErrorStep<T> : IColumnStep<T> where T : unmanaged, IFloatingPointIeee754<T>
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
        TVector difference = TSimd.Subtract(first, second), size = TSimd.Abs(difference);
        state = TSimd.Add(state, size);
        return TSimd.Select(TSimd.GreaterThan(size, default), TSimd.CopySign(TSimd.Constant(1), difference), difference);
    }
}
