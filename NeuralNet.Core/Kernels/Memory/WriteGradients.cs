using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Memory;

/// <summary>The gradients of <see cref="WriteForward{T}"/>: <c>dM_ij = G_ij·(1 − w_i·e_j)</c>, <c>dw_i = Σ_j G_ij·(a_j − M_ij·e_j)</c>, <c>de_j = −Σ_i G_ij·M_ij·w_i</c>, <c>da_j = Σ_i G_ij·w_i</c>.</summary>
/// <param name="shape">The sizes.</param>
/// <param name="upstream">G, by M' <c>[N×(R·W)]</c>.</param>
/// <param name="memory">M.</param>
/// <param name="weights">w <c>[N×R]</c>.</param>
/// <param name="erase">e <c>[N×W]</c>.</param>
/// <param name="add">a <c>[N×W]</c>.</param>
/// <param name="memoryGradient">Receives dM; may be G; null for not wanted.</param>
/// <param name="weightsGradient">Receives dw.</param>
/// <param name="eraseGradient">Receives de.</param>
/// <param name="addGradient">Receives da.</param>
internal readonly unsafe struct WriteGradients<T>(MemoryShape shape, T* upstream, T* memory, T* weights, T* erase, T* add, T* memoryGradient, T* weightsGradient, T* eraseGradient, T* addGradient) : IMemoryFormula<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Does it for all samples; the parameters are those of the formula, empty for null.</summary>
    public static void Run(MemoryShape shape, ReadOnlySpan<T> upstream, ReadOnlySpan<T> memory, ReadOnlySpan<T> weights, ReadOnlySpan<T> erase, ReadOnlySpan<T> add, Span<T> memoryGradient, Span<T> weightsGradient, Span<T> eraseGradient, Span<T> addGradient)
    {
        fixed (T* pUpstream = upstream, pMemory = memory, pWeights = weights, pErase = erase, pAdd = add, pMemoryGradient = memoryGradient, pWeightsGradient = weightsGradient, pEraseGradient = eraseGradient, pAddGradient = addGradient)
        {
            MemoryPass<T, WriteGradients<T>>.Run(new(shape, pUpstream, pMemory, pWeights, pErase, pAdd, pMemoryGradient, pWeightsGradient, pEraseGradient, pAddGradient), shape.Samples, shape.Length);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply<TVector, TSimd, TMasked>(int row, TVector mask)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
        where TMasked : struct, IFlag
    {
        nint samples = shape.Samples;
        T* m = memory + row;
        T* g = upstream + row;
        T* dm = memoryGradient + row;
        for (int i = 0; i < shape.Locations; i++)
        {
            TVector weight = Lanes<T, TVector, TSimd, TMasked>.Load(weights + row + (i * samples), mask), sum = default;
            nint at = row;
            for (int j = 0; j < shape.Width; j++, m += samples, g += samples, dm += samples, at += samples)
            {
                TVector slope = Lanes<T, TVector, TSimd, TMasked>.Load(g, mask), before = Lanes<T, TVector, TSimd, TMasked>.Load(m, mask), e = Lanes<T, TVector, TSimd, TMasked>.Load(erase + at, mask);
                TVector weighted = TSimd.Multiply(slope, weight);
                sum = TSimd.MultiplyAdd(slope, TSimd.Subtract(Lanes<T, TVector, TSimd, TMasked>.Load(add + at, mask), TSimd.Multiply(before, e)), sum);
                TVector da = i == 0 ? default : Lanes<T, TVector, TSimd, TMasked>.Load(addGradient + at, mask), de = i == 0 ? default : Lanes<T, TVector, TSimd, TMasked>.Load(eraseGradient + at, mask);
                Lanes<T, TVector, TSimd, TMasked>.Store(addGradient + at, TSimd.Add(da, weighted), mask);
                Lanes<T, TVector, TSimd, TMasked>.Store(eraseGradient + at, TSimd.Subtract(de, TSimd.Multiply(weighted, before)), mask);
                if (memoryGradient != null)
                {
                    Lanes<T, TVector, TSimd, TMasked>.Store(dm, TSimd.Subtract(slope, TSimd.Multiply(weighted, e)), mask);
                }
            }

            Lanes<T, TVector, TSimd, TMasked>.Store(weightsGradient + row + (i * samples), sum, mask);
        }
    }
}
