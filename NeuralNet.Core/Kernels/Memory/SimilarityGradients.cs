using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Memory;

/// <summary>The gradients of <see cref="SimilarityForward{T}"/>: with <c>a_i = G_i/(√(‖u_i‖² + ε)·√(‖k‖² + ε))</c>,
/// <c>du_i = a_i·k − G_i·K_i·u_i/(‖u_i‖² + ε)</c> and <c>dk = Σ_i a_i·u_i − k·Σ_i G_i·K_i/(‖k‖² + ε)</c>.</summary>
/// <param name="shape">The sizes.</param>
/// <param name="upstream">G <c>[N×R]</c>.</param>
/// <param name="memory">u <c>[N×(R·W)]</c>.</param>
/// <param name="key">k <c>[N×W]</c>.</param>
/// <param name="memoryGradient">Receives du; null for not wanted.</param>
/// <param name="adds">Whether du is added to what is there.</param>
/// <param name="keyGradient">Receives dk; null for not wanted.</param>
/// <param name="epsilon">ε.</param>
internal readonly unsafe struct SimilarityGradients<T>(MemoryShape shape, T* upstream, T* memory, T* key, T* memoryGradient, bool adds, T* keyGradient, T epsilon) : IMemoryFormula<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Does it for all samples; the parameters are those of the formula, empty for null.</summary>
    public static void Run(MemoryShape shape, ReadOnlySpan<T> upstream, ReadOnlySpan<T> memory, ReadOnlySpan<T> key, Span<T> memoryGradient, bool adds, Span<T> keyGradient, T epsilon)
    {
        fixed (T* pUpstream = upstream, pMemory = memory, pKey = key, pMemoryGradient = memoryGradient, pKeyGradient = keyGradient)
        {
            MemoryPass<T, SimilarityGradients<T>>.Run(new(shape, pUpstream, pMemory, pKey, pMemoryGradient, adds, pKeyGradient, epsilon), shape.Samples, shape.Length);
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
        T* dk = keyGradient + row;
        for (int j = 0; j < shape.Width; j++, k += samples, dk += samples)
        {
            TVector entry = Lanes<T, TVector, TSimd, TMasked>.Load(k, mask);
            keySquares = TSimd.MultiplyAdd(entry, entry, keySquares);
            if (keyGradient != null)
            {
                Lanes<T, TVector, TSimd, TMasked>.Store(dk, default, mask);
            }
        }

        TVector norm = TSimd.SquareRoot(keySquares), sum = default;
        T* m = memory + row;
        T* dm = memoryGradient + row;
        T* g = upstream + row;
        for (int i = 0; i < shape.Locations; i++, g += samples)
        {
            TVector dot = default, squares = guard;
            T* u = m;
            k = key + row;
            for (int j = 0; j < shape.Width; j++, u += samples, k += samples)
            {
                TVector entry = Lanes<T, TVector, TSimd, TMasked>.Load(u, mask);
                dot = TSimd.MultiplyAdd(entry, Lanes<T, TVector, TSimd, TMasked>.Load(k, mask), dot);
                squares = TSimd.MultiplyAdd(entry, entry, squares);
            }

            TVector a = TSimd.Divide(Lanes<T, TVector, TSimd, TMasked>.Load(g, mask), TSimd.Multiply(TSimd.SquareRoot(squares), norm));
            TVector share = TSimd.Multiply(a, dot), b = TSimd.Divide(share, squares);
            sum = TSimd.Add(sum, share);
            k = key + row;
            dk = keyGradient + row;
            for (int j = 0; j < shape.Width; j++, m += samples, k += samples, dm += samples, dk += samples)
            {
                TVector entry = Lanes<T, TVector, TSimd, TMasked>.Load(m, mask);
                if (memoryGradient != null)
                {
                    TVector before = adds ? Lanes<T, TVector, TSimd, TMasked>.Load(dm, mask) : default;
                    TVector along = TSimd.MultiplyAdd(a, Lanes<T, TVector, TSimd, TMasked>.Load(k, mask), before);
                    Lanes<T, TVector, TSimd, TMasked>.Store(dm, TSimd.Subtract(along, TSimd.Multiply(b, entry)), mask);
                }

                if (keyGradient != null)
                {
                    Lanes<T, TVector, TSimd, TMasked>.Store(dk, TSimd.MultiplyAdd(a, entry, Lanes<T, TVector, TSimd, TMasked>.Load(dk, mask)), mask);
                }
            }
        }

        if (keyGradient != null)
        {
            TVector c = TSimd.Divide(sum, keySquares);
            k = key + row;
            dk = keyGradient + row;
            for (int j = 0; j < shape.Width; j++, k += samples, dk += samples)
            {
                Lanes<T, TVector, TSimd, TMasked>.Store(dk, TSimd.Subtract(Lanes<T, TVector, TSimd, TMasked>.Load(dk, mask), TSimd.Multiply(c, Lanes<T, TVector, TSimd, TMasked>.Load(k, mask))), mask);
            }
        }
    }
}
