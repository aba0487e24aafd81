using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Memory;

/// <summary>The gradients of <see cref="SharpenForward{T}"/>: with <c>t_i = y_i·(G_i − Σ_k G_k·y_k)</c>, <c>dw_i = γ·t_i/w_i</c> and <c>dγ = Σ_i t_i·ln w_i</c>. Where w_i is 0, y_i/w_i is its limit,
/// <c>w_i^(γ − 1)/Σ_k w_k^γ</c>: 0 for γ above 1, 1/Σ_k w_k for 1, infinite below.</summary>
/// <param name="samples">N.</param>
/// <param name="locations">R.</param>
/// <param name="upstream">G <c>[N×R]</c>.</param>
/// <param name="weights">w <c>[N×R]</c>.</param>
/// <param name="powers">γ <c>[N×1]</c>.</param>
/// <param name="sharpened">y.</param>
/// <param name="weightsGradient">Receives dw; null for not wanted.</param>
/// <param name="powersGradient">Receives dγ; null for not wanted.</param>
internal readonly unsafe struct SharpenGradients<T>(nint samples, int locations, T* upstream, T* weights, T* powers, T* sharpened, T* weightsGradient, T* powersGradient) : IMemoryFormula<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Does it for all samples; the parameters are those of the formula, empty for null.</summary>
    public static void Run(int samples, int locations, ReadOnlySpan<T> upstream, ReadOnlySpan<T> weights, ReadOnlySpan<T> powers, ReadOnlySpan<T> sharpened, Span<T> weightsGradient, Span<T> powersGradient)
    {
        fixed (T* pUpstream = upstream, pWeights = weights, pPowers = powers, pSharpened = sharpened, pWeightsGradient = weightsGradient, pPowersGradient = powersGradient)
        {
            MemoryPass<T, SharpenGradients<T>>.Run(new(samples, locations, pUpstream, pWeights, pPowers, pSharpened, pWeightsGradient, pPowersGradient), samples, (long)samples * locations);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply<TVector, TSimd, TMasked>(int row, TVector mask)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
        where TMasked : struct, IFlag
    {
        TVector power = Lanes<T, TVector, TSimd, TMasked>.Load(powers + row, mask), one = TSimd.Create(T.One), mean = default, total = default;
        nint at = row;
        for (int i = 0; i < locations; i++, at += samples)
        {
            mean = TSimd.MultiplyAdd(Lanes<T, TVector, TSimd, TMasked>.Load(upstream + at, mask), Lanes<T, TVector, TSimd, TMasked>.Load(sharpened + at, mask), mean);
            total = TSimd.Add(total, Lanes<T, TVector, TSimd, TMasked>.Load(weights + at, mask));
        }

        TVector atZero = TSimd.Select(
            TSimd.GreaterThan(power, one), default, TSimd.Select(TSimd.GreaterThan(one, power), TSimd.Create(T.PositiveInfinity), TSimd.Divide(one, total)));
        TVector sum = default;
        at = row;
        for (int i = 0; i < locations; i++, at += samples)
        {
            TVector weight = Lanes<T, TVector, TSimd, TMasked>.Load(weights + at, mask), y = Lanes<T, TVector, TSimd, TMasked>.Load(sharpened + at, mask), isPositive = TSimd.GreaterThan(weight, default);
            TVector slope = TSimd.Subtract(Lanes<T, TVector, TSimd, TMasked>.Load(upstream + at, mask), mean);
            if (weightsGradient != null)
            {
                TVector ratio = TSimd.Select(isPositive, TSimd.Divide(y, weight), atZero);
                Lanes<T, TVector, TSimd, TMasked>.Store(weightsGradient + at, TSimd.Multiply(TSimd.Multiply(power, ratio), slope), mask);
            }

            if (powersGradient != null)
            {
                TVector log = TSimd.Select(isPositive, TSimd.Log(weight), default);
                sum = TSimd.MultiplyAdd(TSimd.Multiply(y, slope), log, sum);
            }
        }

        if (powersGradient != null)
        {
            Lanes<T, TVector, TSimd, TMasked>.Store(powersGradient + row, sum, mask);
        }
    }
}
