using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Normalizing;

/// <summary><c>target ← q·x − (r + s·(y − p))</c>; x is upstream, y the input.</summary>
internal readonly struct StandardizeBackward<T> : IEntryFormula<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static bool HasSecond => true;

    /// <inheritdoc/>
    public static bool Writes => true;

    /// <inheritdoc/>
    public static int Numbers => 4;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TVector, TSimd>(
        TVector x, TVector y, TVector p, TVector q, TVector r, TVector s, TVector scale, TVector shift, ref TVector sum, ref TVector secondSum)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
    {
        return TSimd.Subtract(TSimd.Multiply(q, x), TSimd.MultiplyAdd(s, TSimd.Subtract(y, p), r));
    }
}
