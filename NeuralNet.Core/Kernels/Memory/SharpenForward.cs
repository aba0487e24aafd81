using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Memory;

/// <summary><c>y_i ← w_i^γ / Σ_k w_k^γ</c>, by logarithms, and the largest taken out first, so that no power overflows and not all of them fade to 0.</summary>
/// <param name="samples">N.</param>
/// <param name="locations">R.</param>
/// <param name="weights">w <c>[N×R]</c>.</param>
/// <param name="powers">γ <c>[N×1]</c>.</param>
/// <param name="sharpened">Receives y <c>[N×R]</c>.</param>
internal readonly unsafe struct SharpenForward<T>(nint samples, int locations, T* weights, T* powers, T* sharpened) : IMemoryFormula<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Does it for all samples; the parameters are those of the formula, empty for null.</summary>
    public static void Run(int samples, int locations, ReadOnlySpan<T> weights, ReadOnlySpan<T> powers, Span<T> sharpened)
    {
        fixed (T* pWeights = weights, pPowers = powers, pSharpened = sharpened)
        {
            MemoryPass<T, SharpenForward<T>>.Run(new(samples, locations, pWeights, pPowers, pSharpened), samples, (long)samples * locations);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply<TVector, TSimd, TMasked>(int row, TVector mask)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
        where TMasked : struct, IFlag
    {
        TVector power = Lanes<T, TVector, TSimd, TMasked>.Load(powers + row, mask), largest = default, sum = default;
        nint at = row;
        for (int i = 0; i < locations; i++, at += samples)
        {
            largest = TSimd.Max(largest, Lanes<T, TVector, TSimd, TMasked>.Load(weights + at, mask));
        }

        TVector logOfLargest = TSimd.Log(largest);
        at = row;
        for (int i = 0; i < locations; i++, at += samples)
        {
            TVector log = TSimd.Subtract(TSimd.Log(Lanes<T, TVector, TSimd, TMasked>.Load(weights + at, mask)), logOfLargest);
            TVector value = TSimd.Exp(TSimd.Multiply(power, log));
            sum = TSimd.Add(sum, value);
            Lanes<T, TVector, TSimd, TMasked>.Store(sharpened + at, value, mask);
        }

        at = row;
        for (int i = 0; i < locations; i++, at += samples)
        {
            Lanes<T, TVector, TSimd, TMasked>.Store(sharpened + at, TSimd.Divide(Lanes<T, TVector, TSimd, TMasked>.Load(sharpened + at, mask), sum), mask);
        }
    }
}
