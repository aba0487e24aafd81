using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Memory;

/// <summary><c>y_ij ← s_i·x_ij</c>, a factor for each sample.</summary>
/// <param name="samples">N.</param>
/// <param name="columns">Columns of x.</param>
/// <param name="x">x <c>[N×C]</c>.</param>
/// <param name="factors">s <c>[N×1]</c>.</param>
/// <param name="y">Receives y.</param>
internal readonly unsafe struct RowScaleForward<T>(nint samples, int columns, T* x, T* factors, T* y) : IMemoryFormula<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Does it for all samples; the parameters are those of the formula, empty for null.</summary>
    public static void Run(int samples, int columns, ReadOnlySpan<T> x, ReadOnlySpan<T> factors, Span<T> y)
    {
        fixed (T* pX = x, pFactors = factors, pY = y)
        {
            MemoryPass<T, RowScaleForward<T>>.Run(new(samples, columns, pX, pFactors, pY), samples, (long)samples * columns);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply<TVector, TSimd, TMasked>(int row, TVector mask)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
        where TMasked : struct, IFlag
    {
        TVector factor = Lanes<T, TVector, TSimd, TMasked>.Load(factors + row, mask);
        nint at = row;
        for (int j = 0; j < columns; j++, at += samples)
        {
            Lanes<T, TVector, TSimd, TMasked>.Store(y + at, TSimd.Multiply(factor, Lanes<T, TVector, TSimd, TMasked>.Load(x + at, mask)), mask);
        }
    }
}
