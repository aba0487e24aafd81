using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Memory;

/// <summary>The gradients of <see cref="RowScaleForward{T}"/>: <c>dx_ij = s_i·G_ij</c>, <c>ds_i = Σ_j G_ij·x_ij</c>.</summary>
/// <param name="samples">N.</param>
/// <param name="columns">Columns of x.</param>
/// <param name="upstream">G <c>[N×C]</c>.</param>
/// <param name="x">x.</param>
/// <param name="factors">s <c>[N×1]</c>.</param>
/// <param name="xGradient">Receives dx; null for not wanted.</param>
/// <param name="factorsGradient">Receives ds; null for not wanted.</param>
internal readonly unsafe struct RowScaleGradients<T>(nint samples, int columns, T* upstream, T* x, T* factors, T* xGradient, T* factorsGradient) : IMemoryFormula<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Does it for all samples; the parameters are those of the formula, empty for null.</summary>
    public static void Run(int samples, int columns, ReadOnlySpan<T> upstream, ReadOnlySpan<T> x, ReadOnlySpan<T> factors, Span<T> xGradient, Span<T> factorsGradient)
    {
        fixed (T* pUpstream = upstream, pX = x, pFactors = factors, pXGradient = xGradient, pFactorsGradient = factorsGradient)
        {
            MemoryPass<T, RowScaleGradients<T>>.Run(new(samples, columns, pUpstream, pX, pFactors, pXGradient, pFactorsGradient), samples, (long)samples * columns);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply<TVector, TSimd, TMasked>(int row, TVector mask)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
        where TMasked : struct, IFlag
    {
        TVector factor = Lanes<T, TVector, TSimd, TMasked>.Load(factors + row, mask), sum = default;
        nint at = row;
        for (int j = 0; j < columns; j++, at += samples)
        {
            TVector slope = Lanes<T, TVector, TSimd, TMasked>.Load(upstream + at, mask);
            sum = TSimd.MultiplyAdd(slope, Lanes<T, TVector, TSimd, TMasked>.Load(x + at, mask), sum);
            if (xGradient != null)
            {
                Lanes<T, TVector, TSimd, TMasked>.Store(xGradient + at, TSimd.Multiply(factor, slope), mask);
            }
        }

        if (factorsGradient != null)
        {
            Lanes<T, TVector, TSimd, TMasked>.Store(factorsGradient + row, sum, mask);
        }
    }
}
