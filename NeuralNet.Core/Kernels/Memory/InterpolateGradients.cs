using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Memory;

/// <summary>The gradients of <see cref="InterpolateForward{T}"/>: <c>dg_i = Σ_j G_ij·(x_ij − y_ij)</c>, <c>dx_ij = g_i·G_ij</c>, <c>dy_ij = (1 − g_i)·G_ij</c>.</summary>
/// <param name="samples">N.</param>
/// <param name="columns">Columns of x and y.</param>
/// <param name="upstream">G <c>[N×C]</c>.</param>
/// <param name="shares">g <c>[N×1]</c>.</param>
/// <param name="x">x.</param>
/// <param name="y">y.</param>
/// <param name="sharesGradient">Receives dg; null for not wanted.</param>
/// <param name="xGradient">Receives dx; null for not wanted.</param>
/// <param name="yGradient">Receives dy; null for not wanted.</param>
internal readonly unsafe struct InterpolateGradients<T>(nint samples, int columns, T* upstream, T* shares, T* x, T* y, T* sharesGradient, T* xGradient, T* yGradient) : IMemoryFormula<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Does it for all samples; the parameters are those of the formula, empty for null.</summary>
    public static void Run(int samples, int columns, ReadOnlySpan<T> upstream, ReadOnlySpan<T> shares, ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> sharesGradient, Span<T> xGradient, Span<T> yGradient)
    {
        fixed (T* pUpstream = upstream, pShares = shares, pX = x, pY = y, pSharesGradient = sharesGradient, pXGradient = xGradient, pYGradient = yGradient)
        {
            MemoryPass<T, InterpolateGradients<T>>.Run(new(samples, columns, pUpstream, pShares, pX, pY, pSharesGradient, pXGradient, pYGradient), samples, (long)samples * columns);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply<TVector, TSimd, TMasked>(int row, TVector mask)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
        where TMasked : struct, IFlag
    {
        TVector share = Lanes<T, TVector, TSimd, TMasked>.Load(shares + row, mask), rest = TSimd.Subtract(TSimd.Create(T.One), share), sum = default;
        nint at = row;
        for (int j = 0; j < columns; j++, at += samples)
        {
            TVector slope = Lanes<T, TVector, TSimd, TMasked>.Load(upstream + at, mask);
            sum = TSimd.MultiplyAdd(slope, TSimd.Subtract(Lanes<T, TVector, TSimd, TMasked>.Load(x + at, mask), Lanes<T, TVector, TSimd, TMasked>.Load(y + at, mask)), sum);
            if (xGradient != null)
            {
                Lanes<T, TVector, TSimd, TMasked>.Store(xGradient + at, TSimd.Multiply(share, slope), mask);
            }

            if (yGradient != null)
            {
                Lanes<T, TVector, TSimd, TMasked>.Store(yGradient + at, TSimd.Multiply(rest, slope), mask);
            }
        }

        if (sharesGradient != null)
        {
            Lanes<T, TVector, TSimd, TMasked>.Store(sharesGradient + row, sum, mask);
        }
    }
}
