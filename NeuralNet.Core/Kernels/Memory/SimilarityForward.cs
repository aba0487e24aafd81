using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Memory;

/// <summary><c>K_i ← u_i·k / (√(‖u_i‖² + ε)·√(‖k‖² + ε))</c> for each location u_i of a memory.</summary>
/// <param name="shape">The sizes.</param>
/// <param name="memory">u <c>[N×(R·W)]</c>.</param>
/// <param name="key">k <c>[N×W]</c>.</param>
/// <param name="similarity">Receives K <c>[N×R]</c>.</param>
/// <param name="epsilon">ε.</param>
internal readonly unsafe struct SimilarityForward<T>(MemoryShape shape, T* memory, T* key, T* similarity, T epsilon) : IMemoryFormula<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Does it for all samples; the parameters are those of the formula, empty for null.</summary>
    public static void Run(MemoryShape shape, ReadOnlySpan<T> memory, ReadOnlySpan<T> key, Span<T> similarity, T epsilon)
    {
        fixed (T* pMemory = memory, pKey = key, pSimilarity = similarity)
        {
            MemoryPass<T, SimilarityForward<T>>.Run(new(shape, pMemory, pKey, pSimilarity, epsilon), shape.Samples, shape.Length);
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
        TVector guard = TSimd.Create(epsilon), keySquares = guard;
        T* k = key + row;
        for (int j = 0; j < shape.Width; j++, k += samples)
        {
            TVector entry = Lanes<T, TVector, TSimd, TMasked>.Load(k, mask);
            keySquares = TSimd.MultiplyAdd(entry, entry, keySquares);
        }

        TVector norm = TSimd.SquareRoot(keySquares);
        T* m = memory + row;
        T* to = similarity + row;
        for (int i = 0; i < shape.Locations; i++, to += samples)
        {
            TVector dot = default, squares = guard;
            k = key + row;
            for (int j = 0; j < shape.Width; j++, m += samples, k += samples)
            {
                TVector entry = Lanes<T, TVector, TSimd, TMasked>.Load(m, mask);
                dot = TSimd.MultiplyAdd(entry, Lanes<T, TVector, TSimd, TMasked>.Load(k, mask), dot);
                squares = TSimd.MultiplyAdd(entry, entry, squares);
            }

            Lanes<T, TVector, TSimd, TMasked>.Store(to, TSimd.Divide(dot, TSimd.Multiply(TSimd.SquareRoot(squares), norm)), mask);
        }
    }
}
