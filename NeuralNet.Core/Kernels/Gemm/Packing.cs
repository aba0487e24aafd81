using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using NeuralNet.Core.Kernels.Transposing;

namespace NeuralNet.Core.Kernels.Gemm;

/// <summary>
/// Copies a strip of a matrix into the order in which <see cref="MicroKernel{T, TVector, TSimd}"/> reads it: for each step of the
/// sum the strip's elements side by side.
/// </summary>
internal static unsafe class Packing<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    // Steps fetched ahead of the copy: where steps are far apart the CPU does not foresee the next.
    private const int StepsAhead = 8;

    private static readonly int CacheLine = 64 / sizeof(T);


    /// <summary>Strips whose elements of one step lie side by side in the source: copies of runs.</summary>
    /// <param name="source">First element of the first strip.</param>
    /// <param name="stride">Elements from one step to the next in the source.</param>
    /// <param name="count">Elements of all strips in one step that exist.</param>
    /// <param name="width">Elements of a strip in one step; the last is filled with zeros behind those that exist.</param>
    /// <param name="steps">Length of the sum.</param>
    /// <param name="target">The packed strips, width·steps elements each.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void PackRuns(T* source, nint stride, int count, int width, int steps, T* target)
    {
        for (int p = 0; p < steps; p++)
        {
            T* from = source + (p * stride), to = target + ((nint)p * width);
            int left = count;
            for (int i = 0; Sse.IsSupported && i < count; i += CacheLine)
            {
                Sse.Prefetch0(from + (StepsAhead * stride) + i);
            }

            for (; left >= width; left -= width)
            {
                CopyRun(from, width, to);
                from += width;
                to += (nint)width * steps;
            }

            if (left > 0)
            {
                CopyRun(from, left, to);
                new Span<T>(to + left, width - left).Clear();
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyRun(T* from, int count, T* to)
    {
        int i = 0;
        for (; Vector512.IsHardwareAccelerated && i <= count - Vector512<T>.Count; i += Vector512<T>.Count)
        {
            Vector512.Load(from + i).Store(to + i);
        }

        if (Vector256.IsHardwareAccelerated && i <= count - Vector256<T>.Count)
        {
            Vector256.Load(from + i).Store(to + i);
            i += Vector256<T>.Count;
        }

        for (; i <= count - Vector128<T>.Count; i += Vector128<T>.Count)
        {
            Vector128.Load(from + i).Store(to + i);
        }

        for (; i < count; i++)
        {
            to[i] = from[i];
        }
    }

    /// <summary>A strip whose steps lie side by side in the source: a transposition.</summary>
    /// <param name="source">First element of the strip.</param>
    /// <param name="stride">Elements from one element of the strip to the next in the source.</param>
    /// <param name="count">Elements of the strip in one step that exist.</param>
    /// <param name="width">Elements of the strip in one step, with zeros behind those that exist.</param>
    /// <param name="steps">Length of the sum.</param>
    /// <param name="target">The packed strip, width·steps elements.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void PackTransposed(T* source, nint stride, int count, int width, int steps, T* target)
    {
        int i = 0;
        for (; i <= count - Transposition<T>.Runs; i += Transposition<T>.Runs)
        {
            T* from = source + (i * stride);
            Transposition<T>.FourRuns(new(from, stride), new(from + (Transposition<T>.Runs * stride), stride), steps, target + i, width);
        }

        for (; i < width; i++)
        {
            for (int p = 0; p < steps; p++)
            {
                target[i + (p * width)] = i < count ? source[(i * stride) + p] : T.Zero;
            }
        }
    }
}
