using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Memory;

/// <summary><c>y_i ← Σ_k s_k·w_(i − k + S/2)</c>, indices of w taken modulo R: the weighting moved by k − S/2 locations with share s_k.</summary>
/// <param name="samples">N.</param>
/// <param name="locations">R.</param>
/// <param name="shifts">S, odd, at most R.</param>
/// <param name="weights">w <c>[N×R]</c>.</param>
/// <param name="shares">s <c>[N×S]</c>.</param>
/// <param name="shifted">Receives y <c>[N×R]</c>.</param>
internal readonly unsafe struct ShiftForward<T>(nint samples, int locations, int shifts, T* weights, T* shares, T* shifted) : IMemoryFormula<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Does it for all samples; the parameters are those of the formula, empty for null.</summary>
    public static void Run(int samples, int locations, int shifts, ReadOnlySpan<T> weights, ReadOnlySpan<T> shares, Span<T> shifted)
    {
        fixed (T* pWeights = weights, pShares = shares, pShifted = shifted)
        {
            MemoryPass<T, ShiftForward<T>>.Run(new(samples, locations, shifts, pWeights, pShares, pShifted), samples, (long)samples * locations);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply<TVector, TSimd, TMasked>(int row, TVector mask)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
        where TMasked : struct, IFlag
    {
        for (int i = 0; i < locations; i++)
        {
            TVector sum = default;
            int from = (i + (shifts / 2)) % locations;
            for (int k = 0; k < shifts; k++)
            {
                sum = TSimd.MultiplyAdd(Lanes<T, TVector, TSimd, TMasked>.Load(shares + row + (k * samples), mask), Lanes<T, TVector, TSimd, TMasked>.Load(weights + row + (from * samples), mask), sum);
                from = from == 0 ? locations - 1 : from - 1;
            }

            Lanes<T, TVector, TSimd, TMasked>.Store(shifted + row + (i * samples), sum, mask);
        }
    }
}
