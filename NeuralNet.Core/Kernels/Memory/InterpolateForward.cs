using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Memory;

/// <summary><c>z_ij ← g_i·x_ij + (1 − g_i)·y_ij</c>, a share for each sample.</summary>
/// <param name="samples">N.</param>
/// <param name="columns">Columns of x and y.</param>
/// <param name="shares">g <c>[N×1]</c>.</param>
/// <param name="x">x <c>[N×C]</c>.</param>
/// <param name="y">y <c>[N×C]</c>.</param>
/// <param name="z">Receives z.</param>
internal readonly unsafe struct InterpolateForward<T>(nint samples, int columns, T* shares, T* x, T* y, T* z) : IMemoryFormula<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Does it for all samples; the parameters are those of the formula, empty for null.</summary>
    public static void Run(int samples, int columns, ReadOnlySpan<T> shares, ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> z)
    {
        fixed (T* pShares = shares, pX = x, pY = y, pZ = z)
        {
            MemoryPass<T, InterpolateForward<T>>.Run(new(samples, columns, pShares, pX, pY, pZ), samples, (long)samples * columns);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply<TVector, TSimd, TMasked>(int row, TVector mask)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
        where TMasked : struct, IFlag
    {
        TVector share = Lanes<T, TVector, TSimd, TMasked>.Load(shares + row, mask), rest = TSimd.Subtract(TSimd.Create(T.One), share);
        nint at = row;
        for (int j = 0; j < columns; j++, at += samples)
        {
            Lanes<T, TVector, TSimd, TMasked>.Store(z + at, TSimd.MultiplyAdd(share, Lanes<T, TVector, TSimd, TMasked>.Load(x + at, mask), TSimd.Multiply(rest, Lanes<T, TVector, TSimd, TMasked>.Load(y + at, mask))), mask);
        }
    }
}
