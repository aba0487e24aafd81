using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Memory;

/// <summary>The gradients of <see cref="ReadForward{T}"/>: <c>dM_ij = w_i·G_j</c>, <c>dw_i = Σ_j G_j·M_ij</c>.</summary>
/// <param name="shape">The sizes.</param>
/// <param name="upstream">G <c>[N×W]</c>.</param>
/// <param name="memory">M <c>[N×(R·W)]</c>.</param>
/// <param name="weights">w <c>[N×R]</c>.</param>
/// <param name="memoryGradient">Receives dM; null for not wanted.</param>
/// <param name="adds">Whether dM is added to what is there.</param>
/// <param name="weightsGradient">Receives dw; null for not wanted.</param>
internal readonly unsafe struct ReadGradients<T>(MemoryShape shape, T* upstream, T* memory, T* weights, T* memoryGradient, bool adds, T* weightsGradient) : IMemoryFormula<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Does it for all samples; the parameters are those of the formula, empty for null.</summary>
    public static void Run(MemoryShape shape, ReadOnlySpan<T> upstream, ReadOnlySpan<T> memory, ReadOnlySpan<T> weights, Span<T> memoryGradient, bool adds, Span<T> weightsGradient)
    {
        fixed (T* pUpstream = upstream, pMemory = memory, pWeights = weights, pMemoryGradient = memoryGradient, pWeightsGradient = weightsGradient)
        {
            MemoryPass<T, ReadGradients<T>>.Run(new(shape, pUpstream, pMemory, pWeights, pMemoryGradient, adds, pWeightsGradient), shape.Samples, shape.Length);
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
        T* dm = memoryGradient + row;
        for (int i = 0; i < shape.Locations; i++)
        {
            TVector weight = Lanes<T, TVector, TSimd, TMasked>.Load(weights + row + (i * samples), mask), sum = default;
            T* g = upstream + row;
            for (int j = 0; j < shape.Width; j++, m += samples, dm += samples, g += samples)
            {
                TVector slope = Lanes<T, TVector, TSimd, TMasked>.Load(g, mask);
                sum = TSimd.MultiplyAdd(slope, Lanes<T, TVector, TSimd, TMasked>.Load(m, mask), sum);
                if (memoryGradient != null)
                {
                    TVector before = adds ? Lanes<T, TVector, TSimd, TMasked>.Load(dm, mask) : default;
                    Lanes<T, TVector, TSimd, TMasked>.Store(dm, TSimd.MultiplyAdd(weight, slope, before), mask);
                }
            }

            if (weightsGradient != null)
            {
                Lanes<T, TVector, TSimd, TMasked>.Store(weightsGradient + row + (i * samples), sum, mask);
            }
        }
    }
}
