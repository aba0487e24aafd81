using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using NeuralNet.Core.Kernels.Threads;

namespace NeuralNet.Core.Kernels.Randomness;

/// <summary>Fills memory with uniform numbers, or with a mask drawn by them, from consecutive blocks of Philox.</summary>
/// <remarks>Each number depends on its position alone, so threads share a long fill and the bits are the same at any number of them.</remarks>
internal sealed unsafe class PhiloxFill<T> : IParallelWork where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Numbers that a block gives: four floats of a word each, two doubles of two words each.</summary>
    public static readonly int NumbersPerBlock = typeof(T) == typeof(float) ? 4 : 2;

    // Blocks in a piece of work: it stays in the first-level cache, and takes long enough to be worth handing out.
    private const int PieceBlocks = 1024;

    // Blocks whose words are computed side by side in vectors of 256 bits.
    private const int Side = 4;

    [ThreadStatic]
    private static PhiloxFill<T>? _ofThread;

    private T* _target;
    private ulong _key, _low, _high;
    private int _blocks;
    private bool _isMask;
    private float _keep;
    private T _scale;

    /// <summary>Fills with uniform numbers from 0 (included) to 1 (excluded).</summary>
    /// <param name="target">What is filled: a whole number of blocks.</param>
    /// <param name="key">The key of Philox.</param>
    /// <param name="low">The lower half of the first block's counter; it counts up.</param>
    /// <param name="high">The upper half of the counter of all blocks.</param>
    public static void Uniform(Span<T> target, ulong key, ulong low, ulong high) => Run(target, key, low, high, false, default, default);

    /// <summary>Fills with <paramref name="scale"/> where a uniform float is below <paramref name="keep"/>, and with 0 elsewhere.</summary>
    /// <param name="target">What is filled: a whole number of blocks of four.</param>
    /// <param name="key">The key of Philox.</param>
    /// <param name="low">The lower half of the first block's counter; it counts up.</param>
    /// <param name="high">The upper half of the counter of all blocks.</param>
    /// <param name="keep">The limit.</param>
    /// <param name="scale">What is written below it.</param>
    public static void Mask(Span<T> target, ulong key, ulong low, ulong high, float keep, T scale) =>
        Run(target, key, low, high, true, keep, scale);

    /// <inheritdoc/>
    public void Do(int piece)
    {
        int first = piece * PieceBlocks, count = Math.Min(PieceBlocks, _blocks - first);
        if (_isMask)
        {
            DoMask(_target + ((nint)first * PhiloxFill<float>.NumbersPerBlock), _low + (ulong)first, count);
        }
        else
        {
            Blocks(_target + ((nint)first * NumbersPerBlock), _key, _low + (ulong)first, _high, count);
        }
    }

    private static void Run(Span<T> target, ulong key, ulong low, ulong high, bool isMask, float keep, T scale)
    {
        fixed (T* pTarget = target)
        {
            PhiloxFill<T> fill = _ofThread ??= new PhiloxFill<T>();
            fill._target = pTarget;
            (fill._key, fill._low, fill._high) = (key, low, high);
            fill._blocks = target.Length / (isMask ? PhiloxFill<float>.NumbersPerBlock : NumbersPerBlock);
            (fill._isMask, fill._keep, fill._scale) = (isMask, keep, scale);
            WorkerPool.Shared.Run(fill, WorkPieces.Count(fill._blocks, PieceBlocks), fill._blocks >= 2 * PieceBlocks);
        }
    }

    // The floats stand where the mask is to be; doubles have no room for them there, in order.
    private void DoMask(T* target, ulong low, int count)
    {
        float* numbers = stackalloc float[typeof(T) == typeof(float) ? 0 : count * PhiloxFill<float>.NumbersPerBlock];
        numbers = typeof(T) == typeof(float) ? (float*)target : numbers;
        PhiloxFill<float>.Blocks(numbers, _key, low, _high, count);
        Threshold(numbers, target, count * PhiloxFill<float>.NumbersPerBlock, _keep, _scale);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Blocks(T* target, ulong key, ulong low, ulong high, int count)
    {
        int block = 0;
        if (Avx2.IsSupported)
        {
            for (; block <= count - Side; block += Side)
            {
                FourBlocks(target + (block * NumbersPerBlock), key, low + (ulong)block, high);
            }
        }

        for (; block < count; block++)
        {
            PhiloxBlock words = PhiloxBlock.Of(key, low + (ulong)block, high);
            T* numbers = target + (block * NumbersPerBlock);
            if (typeof(T) == typeof(float))
            {
                ((float*)numbers)[0] = UniformNumber.Single(words.W0);
                ((float*)numbers)[1] = UniformNumber.Single(words.W1);
                ((float*)numbers)[2] = UniformNumber.Single(words.W2);
                ((float*)numbers)[3] = UniformNumber.Single(words.W3);
            }
            else
            {
                ((double*)numbers)[0] = UniformNumber.Double(words.Low);
                ((double*)numbers)[1] = UniformNumber.Double(words.High);
            }
        }
    }

    // Each word of the four blocks stands in the lower half of an element of 64 bits, as the products need it; what is in the upper halves
    // does not matter until the end. Elements 1 and 2 have changed places, so that the blocks are in order after the words are joined.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FourBlocks(T* target, ulong key, ulong low, ulong high)
    {
        Vector256<ulong> c0 = Vector256.Create(low) + Vector256.Create(0ul, 2, 1, 3), c1 = c0 >>> 32;
        Vector256<ulong> c2 = Vector256.Create(high), c3 = c2 >>> 32;
        Vector256<ulong> k0 = Vector256.Create((ulong)(uint)key), k1 = Vector256.Create(key >> 32);
        Vector256<uint> factor0 = Vector256.Create((ulong)PhiloxBlock.Factor0).AsUInt32();
        Vector256<uint> factor1 = Vector256.Create((ulong)PhiloxBlock.Factor1).AsUInt32();
        for (int round = 0; round < PhiloxBlock.Rounds; round++)
        {
            Vector256<ulong> product0 = Avx2.Multiply(c0.AsUInt32(), factor0), product1 = Avx2.Multiply(c2.AsUInt32(), factor1);
            (c0, c1) = ((product1 >>> 32) ^ c1 ^ k0, product1);
            (c2, c3) = ((product0 >>> 32) ^ c3 ^ k1, product0);
            k0 += Vector256.Create((ulong)PhiloxBlock.KeyStep0);
            k1 += Vector256.Create((ulong)PhiloxBlock.KeyStep1);
        }

        Vector256<ulong> lowerHalf = Vector256.Create((ulong)uint.MaxValue);
        Vector256<ulong> first = (c0 & lowerHalf) | (c1 << 32), second = (c2 & lowerHalf) | (c3 << 32);
        Store(target, Avx2.UnpackLow(first, second));
        Store(target + (2 * NumbersPerBlock), Avx2.UnpackHigh(first, second));
    }

    // The same numbers as UniformNumber's.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(T* target, Vector256<ulong> words)
    {
        if (typeof(T) == typeof(float))
        {
            Vector256.Store(Vector256.ConvertToSingle((words.AsUInt32() >>> 8).AsInt32()) * UniformNumber.SingleStep, (float*)target);
        }
        else
        {
            Vector256.Store(Vector256.ConvertToDouble((words >>> 11).AsInt64()) * UniformNumber.DoubleStep, (double*)target);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Threshold(float* numbers, T* mask, int count, float keep, T scale)
    {
        int i = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            Vector256<T> limits = Vector256.Create(T.CreateTruncating(keep)), scales = Vector256.Create(scale);
            for (; i <= count - Vector256<float>.Count; i += Vector256<float>.Count)
            {
                Vector256<float> some = Vector256.Load(numbers + i);
                if (typeof(T) == typeof(float))
                {
                    Vector256.Store(Vector256.LessThan(some.As<float, T>(), limits) & scales, mask + i);
                }
                else
                {
                    Vector256.Store(Vector256.LessThan(Vector256.WidenLower(some).As<double, T>(), limits) & scales, mask + i);
                    Vector256.Store(Vector256.LessThan(Vector256.WidenUpper(some).As<double, T>(), limits) & scales, mask + i + Vector256<T>.Count);
                }
            }
        }

        for (; i < count; i++)
        {
            mask[i] = numbers[i] < keep ? scale : T.Zero;
        }
    }
}
