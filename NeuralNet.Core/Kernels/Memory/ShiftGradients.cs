using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Memory;

/// <summary>The gradients of <see cref="ShiftForward{T}"/>: <c>dw_i = Σ_k s_k·G_(i + k − S/2)</c>, <c>ds_k = Σ_i G_i·w_(i − k + S/2)</c>, indices modulo R.</summary>
/// <param name="samples">N.</param>
/// <param name="locations">R.</param>
/// <param name="shifts">S, odd, at most R.</param>
/// <param name="upstream">G <c>[N×R]</c>.</param>
/// <param name="weights">w <c>[N×R]</c>.</param>
/// <param name="shares">s <c>[N×S]</c>.</param>
/// <param name="weightsGradient">Receives dw; null for not wanted.</param>
/// <param name="sharesGradient">Receives ds; null for not wanted.</param>
internal readonly unsafe struct ShiftGradients<T>(nint samples, int locations, int shifts, T* upstream, T* weights, T* shares, T* weightsGradient, T* sharesGradient) : IMemoryFormula<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Does it for all samples; the parameters are those of the formula, empty for null.</summary>
    public static void Run(int samples, int locations, int shifts, ReadOnlySpan<T> upstream, ReadOnlySpan<T> weights, ReadOnlySpan<T> shares, Span<T> weightsGradient, Span<T> sharesGradient)
    {
        fixed (T* pUpstream = upstream, pWeights = weights, pShares = shares, pWeightsGradient = weightsGradient, pSharesGradient = sharesGradient)
        {
            MemoryPass<T, ShiftGradients<T>>.Run(new(samples, locations, shifts, pUpstream, pWeights, pShares, pWeightsGradient, pSharesGradient), samples, (long)samples * locations);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply<TVector, TSimd, TMasked>(int row, TVector mask)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
        where TMasked : struct, IFlag
    {
        for (int i = 0; i < locations && weightsGradient != null; i++)
        {
            TVector sum = default;
            int to = (i + locations - (shifts / 2)) % locations;
            for (int k = 0; k < shifts; k++)
            {
                sum = TSimd.MultiplyAdd(Lanes<T, TVector, TSimd, TMasked>.Load(shares + row + (k * samples), mask), Lanes<T, TVector, TSimd, TMasked>.Load(upstream + row + (to * samples), mask), sum);
                to = to == locations - 1 ? 0 : to + 1;
            }

            Lanes<T, TVector, TSimd, TMasked>.Store(weightsGradient + row + (i * samples), sum, mask);
        }

        for (int k = 0; k < shifts && sharesGradient != null; k++)
        {
            TVector sum = default;
            int from = (locations - k + (shifts / 2)) % locations;
            for (int i = 0; i < locations; i++)
            {
                sum = TSimd.MultiplyAdd(Lanes<T, TVector, TSimd, TMasked>.Load(upstream + row + (i * samples), mask), Lanes<T, TVector, TSimd, TMasked>.Load(weights + row + (from * samples), mask), sum);
                from = from == locations - 1 ? 0 : from + 1;
            }

            Lanes<T, TVector, TSimd, TMasked>.Store(sharesGradient + row + (k * samples), sum, mask);
        }
    }
}
