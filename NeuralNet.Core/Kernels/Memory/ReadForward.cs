using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Memory;

/// <summary><c>r_j ← Σ_i w_i·M_ij</c>.</summary>
/// <param name="shape">The sizes.</param>
/// <param name="memory">M <c>[N×(R·W)]</c>.</param>
/// <param name="weights">w <c>[N×R]</c>.</param>
/// <param name="read">Receives r <c>[N×W]</c>.</param>
internal readonly unsafe struct ReadForward<T>(MemoryShape shape, T* memory, T* weights, T* read) : IMemoryFormula<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Does it for all samples; the parameters are those of the formula, empty for null.</summary>
    public static void Run(MemoryShape shape, ReadOnlySpan<T> memory, ReadOnlySpan<T> weights, Span<T> read)
    {
        fixed (T* pMemory = memory, pWeights = weights, pRead = read)
        {
            MemoryPass<T, ReadForward<T>>.Run(new(shape, pMemory, pWeights, pRead), shape.Samples, shape.Length);
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
        T* w = weights + row;
        for (int i = 0; i < shape.Locations; i++, w += samples)
        {
            TVector weight = Lanes<T, TVector, TSimd, TMasked>.Load(w, mask);
            T* r = read + row;
            for (int j = 0; j < shape.Width; j++, m += samples, r += samples)
            {
                TVector before = i == 0 ? default : Lanes<T, TVector, TSimd, TMasked>.Load(r, mask);
                Lanes<T, TVector, TSimd, TMasked>.Store(r, TSimd.MultiplyAdd(weight, Lanes<T, TVector, TSimd, TMasked>.Load(m, mask), before), mask);
            }
        }
    }
}
