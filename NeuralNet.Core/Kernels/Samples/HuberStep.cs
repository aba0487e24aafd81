using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Samples;

/// <summary><c>state ← state + c·(d − ½c)</c>, <c>target ← c</c> with <c>d = first − second</c> and c, what of d lies from −a to a: ½d² inside, <c>a·(|d| − ½a)</c> outside.</summary>
internal readonly struct HuberStep<T> : IColumnStep<T> where T : unmanaged, IFloatingPointIeee754<T>
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
        TVector inside = TSimd.Clamp(difference, TSimd.Subtract(default, a), a);
        TVector factor = TSimd.Subtract(difference, TSimd.Multiply(TSimd.Constant(0.5), inside));
        state = TSimd.MultiplyAdd(inside, factor, state);
        return inside;
    }
}
