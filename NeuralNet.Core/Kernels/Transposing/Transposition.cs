using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NeuralNet.Core.Kernels.Transposing;

/// <summary>Turns runs of memory into a matrix whose steps lie side by side, four runs at a time, in registers.</summary>
/// <remarks>
/// A vector is read from each of four runs and transposed in its lanes of 128 bits, each of which is then stored by itself: whole
/// cache lines are read, and two shuffles an element of a lane is all that is computed.
/// </remarks>
internal static unsafe class Transposition<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Runs at a time.</summary>
    public const int Runs = 4;

    /// <summary><c>target[i + p·stride] ← run_i[p]</c> for four runs.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="next">The runs that will be asked for after these: they are brought into the cache meanwhile, since
    /// the CPU does not foresee a jump to another page.</param>
    /// <param name="count">Length of the runs.</param>
    /// <param name="target">The first element written.</param>
    /// <param name="stride">Elements from one step to the next in the target.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void FourRuns(FourRuns<T> runs, FourRuns<T> next, nint count, T* target, nint stride)
    {
        T* a = runs.A, b = runs.B, c = runs.C, d = runs.D;
        nint p = 0;
        if (Avx512F.IsSupported && Vector512.IsHardwareAccelerated)
        {
            for (; p <= count - Vector512<T>.Count; p += Vector512<T>.Count)
            {
                Sse.Prefetch0(next.A + p);
                Sse.Prefetch0(next.B + p);
                Sse.Prefetch0(next.C + p);
                Sse.Prefetch0(next.D + p);
                Block512(a + p, b + p, c + p, d + p, target + (p * stride), stride);
            }
        }

        for (; Sse2.IsSupported && p <= count - Vector128<T>.Count; p += Vector128<T>.Count)
        {
            Block128(a + p, b + p, c + p, d + p, target + (p * stride), stride);
        }

        for (; p < count; p++)
        {
            T* to = target + (p * stride);
            to[0] = a[p];
            to[1] = b[p];
            to[2] = c[p];
            to[3] = d[p];
        }
    }

    /// <summary>Elements of a side of the squares that <see cref="Square"/> turns; 0 where the machine has no vectors for it.</summary>
    public static int Side => Avx512F.IsSupported && Vector512.IsHardwareAccelerated ? Vector512<byte>.Count / sizeof(T) : 0;

    /// <summary><c>target[i + p·targetStride] ← source[p + i·sourceStride]</c> for a square of <see cref="Side"/>: it is read and written in whole cache lines, which matters where the
    /// lines of the target are so far apart that only a few of them can be in the first-level cache together.</summary>
    /// <param name="source">The first element read.</param>
    /// <param name="sourceStride">Elements from one run to the next in the source.</param>
    /// <param name="target">The first element written.</param>
    /// <param name="targetStride">Elements from one run to the next in the target.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Square(T* source, nint sourceStride, T* target, nint targetStride)
    {
        Vector512<T> a0, a1, a2, a3, b0, b1, b2, b3, c0, c1, c2, c3, d0, d1, d2, d3;
        if (typeof(T) == typeof(float))
        {
            // Of four runs each: a lane of vector k has element 4·lane + k of all of them.
            nint four = 4 * sourceStride;
            TurnFour(source, sourceStride, out a0, out a1, out a2, out a3);
            TurnFour(source + four, sourceStride, out b0, out b1, out b2, out b3);
            TurnFour(source + (2 * four), sourceStride, out c0, out c1, out c2, out c3);
            TurnFour(source + (3 * four), sourceStride, out d0, out d1, out d2, out d3);
            nint next = 4 * targetStride;
            StoreTurned(a0, b0, c0, d0, target, next);
            StoreTurned(a1, b1, c1, d1, target + targetStride, next);
            StoreTurned(a2, b2, c2, d2, target + (2 * targetStride), next);
            StoreTurned(a3, b3, c3, d3, target + (3 * targetStride), next);
        }
        else
        {
            // Of two runs each: a lane of vector k has element 2·lane + k of both.
            nint two = 2 * sourceStride;
            TurnTwo(source, sourceStride, out a0, out a1);
            TurnTwo(source + two, sourceStride, out b0, out b1);
            TurnTwo(source + (2 * two), sourceStride, out c0, out c1);
            TurnTwo(source + (3 * two), sourceStride, out d0, out d1);
            StoreTurned(a0, b0, c0, d0, target, 2 * targetStride);
            StoreTurned(a1, b1, c1, d1, target + targetStride, 2 * targetStride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TurnFour(T* source, nint stride, out Vector512<T> v0, out Vector512<T> v1, out Vector512<T> v2, out Vector512<T> v3)
    {
        Vector512<float> x = Vector512.Load((float*)source), y = Vector512.Load((float*)(source + stride));
        Vector512<float> z = Vector512.Load((float*)(source + (2 * stride))), w = Vector512.Load((float*)(source + (3 * stride)));
        Vector512<float> xyLow = Avx512F.UnpackLow(x, y), xyHigh = Avx512F.UnpackHigh(x, y), zwLow = Avx512F.UnpackLow(z, w), zwHigh = Avx512F.UnpackHigh(z, w);
        v0 = Avx512F.Shuffle(xyLow, zwLow, 0x44).As<float, T>();
        v1 = Avx512F.Shuffle(xyLow, zwLow, 0xEE).As<float, T>();
        v2 = Avx512F.Shuffle(xyHigh, zwHigh, 0x44).As<float, T>();
        v3 = Avx512F.Shuffle(xyHigh, zwHigh, 0xEE).As<float, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TurnTwo(T* source, nint stride, out Vector512<T> v0, out Vector512<T> v1)
    {
        Vector512<double> x = Vector512.Load((double*)source), y = Vector512.Load((double*)(source + stride));
        v0 = Avx512F.UnpackLow(x, y).As<double, T>();
        v1 = Avx512F.UnpackHigh(x, y).As<double, T>();
    }

    // Lane i of each of the four makes a vector of the target.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreTurned(Vector512<T> a, Vector512<T> b, Vector512<T> c, Vector512<T> d, T* target, nint stride)
    {
        Vector512<double> x = a.AsDouble(), y = b.AsDouble(), z = c.AsDouble(), w = d.AsDouble();
        Vector512<double> xyLow = Avx512F.Shuffle4x128(x, y, 0x44), xyHigh = Avx512F.Shuffle4x128(x, y, 0xEE);
        Vector512<double> zwLow = Avx512F.Shuffle4x128(z, w, 0x44), zwHigh = Avx512F.Shuffle4x128(z, w, 0xEE);
        Avx512F.Shuffle4x128(xyLow, zwLow, 0x88).Store((double*)target);
        Avx512F.Shuffle4x128(xyLow, zwLow, 0xDD).Store((double*)(target + stride));
        Avx512F.Shuffle4x128(xyHigh, zwHigh, 0x88).Store((double*)(target + (2 * stride)));
        Avx512F.Shuffle4x128(xyHigh, zwHigh, 0xDD).Store((double*)(target + (3 * stride)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Block512(T* a, T* b, T* c, T* d, T* target, nint stride)
    {
        if (typeof(T) == typeof(float))
        {
            Vector512<float> x = Vector512.Load((float*)a), y = Vector512.Load((float*)b), z = Vector512.Load((float*)c), w = Vector512.Load((float*)d);
            Vector512<float> xyLow = Avx512F.UnpackLow(x, y), xyHigh = Avx512F.UnpackHigh(x, y);
            Vector512<float> zwLow = Avx512F.UnpackLow(z, w), zwHigh = Avx512F.UnpackHigh(z, w);
            nint laneStep = 4 * stride;
            StoreLanes(Avx512F.Shuffle(xyLow, zwLow, 0x44), (float*)target, laneStep);
            StoreLanes(Avx512F.Shuffle(xyLow, zwLow, 0xEE), (float*)target + stride, laneStep);
            StoreLanes(Avx512F.Shuffle(xyHigh, zwHigh, 0x44), (float*)target + (2 * stride), laneStep);
            StoreLanes(Avx512F.Shuffle(xyHigh, zwHigh, 0xEE), (float*)target + (3 * stride), laneStep);
        }
        else
        {
            Vector512<double> x = Vector512.Load((double*)a), y = Vector512.Load((double*)b), z = Vector512.Load((double*)c), w = Vector512.Load((double*)d);
            nint laneStep = 2 * stride;
            StoreLanes(Avx512F.UnpackLow(x, y).AsSingle(), (float*)target, 2 * laneStep);
            StoreLanes(Avx512F.UnpackLow(z, w).AsSingle(), (float*)(target + 2), 2 * laneStep);
            StoreLanes(Avx512F.UnpackHigh(x, y).AsSingle(), (float*)(target + stride), 2 * laneStep);
            StoreLanes(Avx512F.UnpackHigh(z, w).AsSingle(), (float*)(target + stride + 2), 2 * laneStep);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreLanes(Vector512<float> value, float* target, nint laneStep)
    {
        Avx512F.ExtractVector128(value, 0).Store(target);
        Avx512F.ExtractVector128(value, 1).Store(target + laneStep);
        Avx512F.ExtractVector128(value, 2).Store(target + (2 * laneStep));
        Avx512F.ExtractVector128(value, 3).Store(target + (3 * laneStep));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Block128(T* a, T* b, T* c, T* d, T* target, nint stride)
    {
        if (typeof(T) == typeof(float))
        {
            Vector128<float> x = Vector128.Load((float*)a), y = Vector128.Load((float*)b), z = Vector128.Load((float*)c), w = Vector128.Load((float*)d);
            Vector128<float> xyLow = Sse.UnpackLow(x, y), xyHigh = Sse.UnpackHigh(x, y), zwLow = Sse.UnpackLow(z, w), zwHigh = Sse.UnpackHigh(z, w);
            Sse.MoveLowToHigh(xyLow, zwLow).Store((float*)target);
            Sse.MoveHighToLow(zwLow, xyLow).Store((float*)(target + stride));
            Sse.MoveLowToHigh(xyHigh, zwHigh).Store((float*)(target + (2 * stride)));
            Sse.MoveHighToLow(zwHigh, xyHigh).Store((float*)(target + (3 * stride)));
        }
        else
        {
            Vector128<double> x = Vector128.Load((double*)a), y = Vector128.Load((double*)b), z = Vector128.Load((double*)c), w = Vector128.Load((double*)d);
            Sse2.UnpackLow(x, y).Store((double*)target);
            Sse2.UnpackLow(z, w).Store((double*)(target + 2));
            Sse2.UnpackHigh(x, y).Store((double*)(target + stride));
            Sse2.UnpackHigh(z, w).Store((double*)(target + stride + 2));
        }
    }
}
