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
        int pieces = ((_longCount - 1) / RunsPerPiece) + 1;
        if ((long)rows * columns * inner < 2 * BlockSizes.DotWorkPerThread)
        {
            for (int piece = 0; piece < pieces; piece++)
            {
                Do(piece);
            }
        }
        else
        {
            pool.Run(this, pieces);
        }
    }

    /// <inheritdoc/>
    public void Do(int piece)
    {
        int end = Math.Min((piece + 1) * RunsPerPiece, _longCount);
        for (int i = piece * RunsPerPiece; i < end; i += 4)
        {
            for (int j = 0; j < _shortCount; j++)
            {
                FourDots(_long.At(i, 0), Math.Min(4, end - i), _short.At(j, 0).Data, _c + (i * _longStrideC) + (j * _shortStrideC));
            }
        }
    }

    // Four at a time, so that each vector of the short factor is read once for four sums; where fewer are left, the last stands in.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FourDots(TileFactor<T> runs, int count, T* other, T* c)
    {
        T* a0 = runs.Data, a1 = a0 + (Math.Min(1, count - 1) * runs.Stride);
        T* a2 = a0 + (Math.Min(2, count - 1) * runs.Stride), a3 = a0 + (Math.Min(3, count - 1) * runs.Stride);
        TVector s0 = default, s1 = default, s2 = default, s3 = default;
        int p = 0;
        for (; p <= _steps - TSimd.Count; p += TSimd.Count)
        {
            TVector b = TSimd.Load(other + p);
            s0 = TSimd.MultiplyAdd(TSimd.Load(a0 + p), b, s0);
            s1 = TSimd.MultiplyAdd(TSimd.Load(a1 + p), b, s1);
            s2 = TSimd.MultiplyAdd(TSimd.Load(a2 + p), b, s2);
            s3 = TSimd.MultiplyAdd(TSimd.Load(a3 + p), b, s3);
        }

        if (p < _steps)
        {
            TVector mask = TSimd.Mask(_steps - p);
            TVector b = TSimd.Load(other + p, mask);
            s0 = TSimd.MultiplyAdd(TSimd.Load(a0 + p, mask), b, s0);
            s1 = TSimd.MultiplyAdd(TSimd.Load(a1 + p, mask), b, s1);
            s2 = TSimd.MultiplyAdd(TSimd.Load(a2 + p, mask), b, s2);
            s3 = TSimd.MultiplyAdd(TSimd.Load(a3 + p, mask), b, s3);
        }

        Store(c, TSimd.Sum(s0));
        if (count > 1)
        {
            Store(c + _longStrideC, TSimd.Sum(s1));
        }

        if (count > 2)
        {
            Store(c + (2 * _longStrideC), TSimd.Sum(s2));
        }

        if (count > 3)
        {
            Store(c + (3 * _longStrideC), TSimd.Sum(s3));
        }
    }

    private void Store(T* c, T sum) => *c = _beta == T.Zero ? _alpha * sum : (_alpha * sum) + (_beta * *c);
}
