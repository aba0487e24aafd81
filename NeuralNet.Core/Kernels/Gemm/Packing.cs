using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NeuralNet.Core.Kernels.Gemm;

/// <summary>
/// Copies a strip of a matrix into the order in which <see cref="MicroKernel{T, TVector, TSimd}"/> reads it: for each step of the
/// sum the strip's elements side by side.
/// </summary>
internal static unsafe class Packing<T> where T : unmanaged, IFloatingPointIeee754<T>
{
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

    /// <summary>A strip whose steps lie side by side in the source: a transposition, in blocks of a vector's size.</summary>
    /// <param name="source">First element of the strip.</param>
    /// <param name="stride">Elements from one element of the strip to the next in the source.</param>
    /// <param name="count">Elements of the strip in one step that exist.</param>
    /// <param name="width">Elements of the strip in one step, with zeros behind those that exist.</param>
    /// <param name="steps">Length of the sum.</param>
    /// <param name="target">The packed strip, width·steps elements.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void PackTransposed(T* source, nint stride, int count, int width, int steps, T* target)
    {
        int side = Vector128<T>.Count, i = 0;
        for (; Sse2.IsSupported && i <= count - side; i += side)
        {
            int p = 0;
            for (; p <= steps - side; p += side)
            {
                TransposeBlock(source + (i * stride) + p, stride, target + i + (p * width), width);
            }

            PackSingly(source + (i * stride) + p, stride, side, steps - p, target + i + (p * width), width);
        }

        PackSingly(source + (i * stride), stride, count - i, steps, target + i, width);
        for (i = Math.Max(i, count); i < width; i++)
        {
            for (int p = 0; p < steps; p++)
            {
                target[i + (p * width)] = T.Zero;
            }
        }
    }

    private static void PackSingly(T* source, nint stride, int count, int steps, T* target, nint width)
    {
        for (int i = 0; i < count; i++)
        {
            for (int p = 0; p < steps; p++)
            {
                target[i + (p * width)] = source[(i * stride) + p];
            }
        }
    }

    // 4×4 floats or 2×2 doubles, in registers.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeBlock(T* source, nint stride, T* target, nint width)
    {
        if (typeof(T) == typeof(float))
        {
            float* from = (float*)source, to = (float*)target;
            Vector128<float> a = Vector128.Load(from), b = Vector128.Load(from + stride);
            Vector128<float> c = Vector128.Load(from + (2 * stride)), d = Vector128.Load(from + (3 * stride));
            Vector128<float> abLow = Sse.UnpackLow(a, b), abHigh = Sse.UnpackHigh(a, b);
            Vector128<float> cdLow = Sse.UnpackLow(c, d), cdHigh = Sse.UnpackHigh(c, d);
            Sse.MoveLowToHigh(abLow, cdLow).Store(to);
            Sse.MoveHighToLow(cdLow, abLow).Store(to + width);
            Sse.MoveLowToHigh(abHigh, cdHigh).Store(to + (2 * width));
            Sse.MoveHighToLow(cdHigh, abHigh).Store(to + (3 * width));
        }
        else
        {
            double* from = (double*)source, to = (double*)target;
            Vector128<double> a = Vector128.Load(from), b = Vector128.Load(from + stride);
            Sse2.UnpackLow(a, b).Store(to);
            Sse2.UnpackHigh(a, b).Store(to + width);
        }
    }
}
