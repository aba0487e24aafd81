using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;
using NeuralNet.Core.Kernels.Threads;

namespace NeuralNet.Core.Kernels.Gemm;

/// <summary>
/// The product where the steps of the sum lie side by side in both factors and C is thin: each element of C is a dot product of two
/// runs of memory, and nothing needs to be transposed. The matrix–vector product of a single sample is of this kind.
/// </summary>
internal sealed unsafe class DotProducts<T, TVector, TSimd> : IParallelWork
    where T : unmanaged, IFloatingPointIeee754<T>
    where TVector : struct
    where TSimd : struct, ISimd<TVector, T>
{
    /// <summary>C counts as thin up to this many rows or columns: each pass over the long factor serves one of them.</summary>
    public const int Thin = 4;

    private const int RunsPerPiece = 32;

    // Up to so many steps, the sum across a vector costs more than the steps do one by one.
    private const int FewSteps = 8;

    // Runs of the long factor multiplied at a time, and of the short: as many as there are registers for their sums.
    private const int LongRuns = 4;
    private static readonly int ShortRuns = TSimd.TileColumns >= 12 ? 4 : 2;

    private Operand<T> _long;
    private Operand<T> _short;
    private int _longCount, _shortCount, _steps;
    private nint _longStrideC, _shortStrideC;
    private T _alpha;
    private T _beta;
    private T* _c;

    /// <summary><c>C ← α·op(A)·op(B) + β·C</c>; A and B both with their steps side by side.</summary>
    public void Run(
        WorkerPool pool, int rows, int columns, int inner, T alpha, Operand<T> a, Operand<T> b, T beta, T* c, nint strideC)
    {
        (_alpha, _beta, _steps) = (alpha, beta, inner);
        _c = c;
        (_long, _longCount, _longStrideC, _short, _shortCount, _shortStrideC) = rows >= columns
            ? (a, rows, 1, b, columns, strideC)
            : (b, columns, strideC, a, rows, (nint)1);
        pool.Run(this, WorkPieces.Count(_longCount, RunsPerPiece), (long)rows * columns * inner >= 2 * BlockSizes.DotWorkPerThread);
    }

    /// <inheritdoc/>
    public void Do(int piece)
    {
        int first = piece * RunsPerPiece, end = first + Math.Min(RunsPerPiece, _longCount - first);
        if (_steps <= FewSteps)
        {
            DotsOneByOne(first, end);
            return;
        }

        for (int i = first; i < end; i += LongRuns)
        {
            for (int j = 0; j < _shortCount; j += ShortRuns)
            {
                Dots(i, Math.Min(LongRuns, end - i), j, Math.Min(ShortRuns, _shortCount - j));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void DotsOneByOne(int first, int end)
    {
        (int steps, nint strideA, nint strideC) = (_steps, _long.Stride, _longStrideC);
        for (int j = 0; j < _shortCount; j++)
        {
            T* a = _long.At(first, 0).Data, b = _short.At(j, 0).Data, c = _c + (first * strideC) + (j * _shortStrideC);
            for (int i = first; i < end; i++)
            {
                T sum = T.Zero;
                for (int p = 0; p < steps; p++)
                {
                    sum += a[p] * b[p];
                }

                Store(c, sum);
                a += strideA;
                c += strideC;
            }
        }
    }

    private void Dots(int i, int longCount, int j, int shortCount)
    {
        switch (shortCount)
        {
            case 1:
                Dots<TileSize.One>(i, longCount, j);
                break;
            case 2:
                Dots<TileSize.Two>(i, longCount, j);
                break;
            case 3:
                Dots<TileSize.Three>(i, longCount, j);
                break;
            default:
                Dots<TileSize.Four>(i, longCount, j);
                break;
        }
    }

    // Several dot products at a time, so that what is read of one factor serves them all. Where fewer of the long factor's runs are
    // left than four, the last stands in.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Dots<TShort>(int i, int count, int j) where TShort : struct, IConstant
    {
        TileFactor<T> longRuns = _long.At(i, 0), shortRuns = _short.At(j, 0);
        T* a0 = longRuns.Data, a1 = a0 + (Math.Min(1, count - 1) * longRuns.Stride);
        T* a2 = a0 + (Math.Min(2, count - 1) * longRuns.Stride), a3 = a0 + (Math.Min(3, count - 1) * longRuns.Stride);
        T* b0 = shortRuns.Data, b1 = b0 + shortRuns.Stride, b2 = b1 + shortRuns.Stride, b3 = b2 + shortRuns.Stride;
        Sums x = default, y = default, z = default, w = default;
        int p = 0;
        for (; p <= _steps - TSimd.Count; p += TSimd.Count)
        {
            TVector r0 = TSimd.Load(a0 + p), r1 = TSimd.Load(a1 + p), r2 = TSimd.Load(a2 + p), r3 = TSimd.Load(a3 + p);
            x.Add(r0, r1, r2, r3, TSimd.Load(b0 + p));
            if (TShort.Value > 1)
            {
                y.Add(r0, r1, r2, r3, TSimd.Load(b1 + p));
            }

            if (TShort.Value > 2)
            {
                z.Add(r0, r1, r2, r3, TSimd.Load(b2 + p));
            }

            if (TShort.Value > 3)
            {
                w.Add(r0, r1, r2, r3, TSimd.Load(b3 + p));
            }
        }

        if (p < _steps)
        {
            TVector mask = TSimd.Mask(_steps - p);
            TVector r0 = TSimd.Load(a0 + p, mask), r1 = TSimd.Load(a1 + p, mask), r2 = TSimd.Load(a2 + p, mask), r3 = TSimd.Load(a3 + p, mask);
            x.Add(r0, r1, r2, r3, TSimd.Load(b0 + p, mask));
            if (TShort.Value > 1)
            {
                y.Add(r0, r1, r2, r3, TSimd.Load(b1 + p, mask));
            }

            if (TShort.Value > 2)
            {
                z.Add(r0, r1, r2, r3, TSimd.Load(b2 + p, mask));
            }

            if (TShort.Value > 3)
            {
                w.Add(r0, r1, r2, r3, TSimd.Load(b3 + p, mask));
            }
        }

        T* c = _c + (i * _longStrideC) + (j * _shortStrideC);
        Store(c, count, x);
        if (TShort.Value > 1)
        {
            Store(c + _shortStrideC, count, y);
        }

        if (TShort.Value > 2)
        {
            Store(c + (2 * _shortStrideC), count, z);
        }

        if (TShort.Value > 3)
        {
            Store(c + (3 * _shortStrideC), count, w);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Store(T* c, int count, Sums sums)
    {
        Store(c, TSimd.Sum(sums.S0));
        if (count > 1)
        {
            Store(c + _longStrideC, TSimd.Sum(sums.S1));
        }

        if (count > 2)
        {
            Store(c + (2 * _longStrideC), TSimd.Sum(sums.S2));
        }

        if (count > 3)
        {
            Store(c + (3 * _longStrideC), TSimd.Sum(sums.S3));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Store(T* c, T sum) => *c = _beta == T.Zero ? _alpha * sum : (_alpha * sum) + (_beta * *c);

    /// <summary>The sums of four runs of the long factor with one of the short.</summary>
    private struct Sums
    {
        public TVector S0, S1, S2, S3;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Add(TVector r0, TVector r1, TVector r2, TVector r3, TVector b)
        {
            S0 = TSimd.MultiplyAdd(r0, b, S0);
            S1 = TSimd.MultiplyAdd(r1, b, S1);
            S2 = TSimd.MultiplyAdd(r2, b, S2);
            S3 = TSimd.MultiplyAdd(r3, b, S3);
        }
    }
}
