using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Memory;

/// <summary><c>M'_ij ← M_ij·(1 − w_i·e_j) + w_i·a_j</c>.</summary>
/// <param name="shape">The sizes.</param>
/// <param name="memory">M <c>[N×(R·W)]</c>.</param>
/// <param name="weights">w <c>[N×R]</c>.</param>
/// <param name="erase">e <c>[N×W]</c>.</param>
/// <param name="add">a <c>[N×W]</c>.</param>
/// <param name="written">Receives M'.</param>
internal readonly unsafe struct WriteForward<T>(MemoryShape shape, T* memory, T* weights, T* erase, T* add, T* written) : IMemoryFormula<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Does it for all samples; the parameters are those of the formula, empty for null.</summary>
    public static void Run(MemoryShape shape, ReadOnlySpan<T> memory, ReadOnlySpan<T> weights, ReadOnlySpan<T> erase, ReadOnlySpan<T> add, Span<T> written)
    {
        fixed (T* pMemory = memory, pWeights = weights, pErase = erase, pAdd = add, pWritten = written)
        {
            MemoryPass<T, WriteForward<T>>.Run(new(shape, pMemory, pWeights, pErase, pAdd, pWritten), shape.Samples, shape.Length);
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
        T* to = written + row;
        for (int i = 0; i < shape.Locations; i++)
        {
            TVector weight = Lanes<T, TVector, TSimd, TMasked>.Load(weights + row + (i * samples), mask);
            T* e = erase + row;
            T* a = add + row;
            for (int j = 0; j < shape.Width; j++, m += samples, to += samples, e += samples, a += samples)
            {
                TVector before = Lanes<T, TVector, TSimd, TMasked>.Load(m, mask);
                TVector change = TSimd.Subtract(Lanes<T, TVector, TSimd, TMasked>.Load(a, mask), TSimd.Multiply(before, Lanes<T, TVector, TSimd, TMasked>.Load(e, mask)));
                Lanes<T, TVector, TSimd, TMasked>.Store(to, TSimd.MultiplyAdd(weight, change, before), mask);
            }
        }
    }
}
