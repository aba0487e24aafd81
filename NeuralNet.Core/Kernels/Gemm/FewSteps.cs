using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Core.Kernels.Simd;
using NeuralNet.Core.Kernels.Threads;

namespace NeuralNet.Core.Kernels.Gemm;

/// <summary>
/// The product whose sum has few steps, such as the rank-one update that a single sample makes: each column of C is written in one
/// go, as a combination of the few columns of A.
/// </summary>
/// <remarks>Such a product is bound by the writing of C, so it is written in the order of its memory.</remarks>
internal sealed unsafe class FewSteps<T, TVector, TSimd> : IParallelWork
    where T : unmanaged, IFloatingPointIeee754<T>
    where TVector : struct
    where TSimd : struct, ISimd<TVector, T>
{
    /// <summary>The most steps.</summary>
    public const int Most = 4;

    private T* _a;
    private T* _b;
    private T* _c;
    private T* _bias;
    private nint _strideA, _stepB, _columnB, _strideC;
    private T _alpha;
    private T _beta;
    private int _rows, _columns, _steps, _pieceColumns;

    /// <summary><c>C ← α·op(A)·op(B) + β·C + 1·b</c>; A with its rows side by side, without a bias if that is null.</summary>
    public void Run(
        WorkerPool pool, int rows, int columns, int inner, T alpha, Operand<T> a, Operand<T> b, T beta, T* c, nint strideC, T* bias)
    {
        TileFactor<T> left = a.At(0, 0), right = b.At(0, 0);
        _a = left.Data;
        _b = right.Data;
        _c = c;
        _bias = bias;
        (_strideA, _strideC) = (left.Stride, strideC);
        (_stepB, _columnB) = right.IsAdjacent ? (right.Stride, (nint)1) : (1, right.Stride);
        (_alpha, _beta, _rows, _columns, _steps) = (alpha, beta, rows, columns, inner);
        bool isShared = (long)rows * columns >= 2 * BlockSizes.ResultPerThread;
        _pieceColumns = isShared ? Math.Max(1, BlockSizes.ResultPerThread / rows) : columns;
        pool.Run(this, WorkPieces.Count(columns, _pieceColumns), isShared);
    }

    /// <inheritdoc/>
    public void Do(int piece)
    {
        int first = piece * _pieceColumns, end = first + Math.Min(_pieceColumns, _columns - first);
        switch (_steps)
        {
            case 1:
                Columns<TileSize.One>(first, end);
                break;
            case 2:
                Columns<TileSize.Two>(first, end);
                break;
            case 3:
                Columns<TileSize.Three>(first, end);
                break;
            default:
                Columns<TileSize.Four>(first, end);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Columns<TSteps>(int first, int end) where TSteps : struct, IConstant
    {
        int rows = _rows, whole = rows - (rows % TSimd.Count);
        T* a0 = _a, a1 = a0 + _strideA, a2 = a1 + _strideA, a3 = a2 + _strideA;
        TVector mask = TSimd.Mask(rows - whole), beta = TSimd.Create(_beta);
        bool reads = _beta != T.Zero;
        for (int j = first; j < end; j++)
        {
            T* b = _b + (j * _columnB), c = _c + (j * _strideC);
            TVector b0 = TSimd.Create(_alpha * b[0]), b1 = TSteps.Value > 1 ? TSimd.Create(_alpha * b[_stepB]) : default;
            TVector b2 = TSteps.Value > 2 ? TSimd.Create(_alpha * b[2 * _stepB]) : default;
            TVector b3 = TSteps.Value > 3 ? TSimd.Create(_alpha * b[3 * _stepB]) : default;
            TVector bias = _bias is null ? default : TSimd.Create(_bias[j]);
            for (int i = 0; i < whole; i += TSimd.Count)
            {
                TVector sum = TSimd.MultiplyAdd(TSimd.Load(a0 + i), b0, bias);
                sum = TSteps.Value > 1 ? TSimd.MultiplyAdd(TSimd.Load(a1 + i), b1, sum) : sum;
                sum = TSteps.Value > 2 ? TSimd.MultiplyAdd(TSimd.Load(a2 + i), b2, sum) : sum;
                sum = TSteps.Value > 3 ? TSimd.MultiplyAdd(TSimd.Load(a3 + i), b3, sum) : sum;
                TSimd.Store(c + i, reads ? TSimd.MultiplyAdd(beta, TSimd.Load(c + i), sum) : sum);
            }

            if (whole < rows)
            {
                TVector sum = TSimd.MultiplyAdd(TSimd.Load(a0 + whole, mask), b0, bias);
                sum = TSteps.Value > 1 ? TSimd.MultiplyAdd(TSimd.Load(a1 + whole, mask), b1, sum) : sum;
                sum = TSteps.Value > 2 ? TSimd.MultiplyAdd(TSimd.Load(a2 + whole, mask), b2, sum) : sum;
                sum = TSteps.Value > 3 ? TSimd.MultiplyAdd(TSimd.Load(a3 + whole, mask), b3, sum) : sum;
                TSimd.Store(c + whole, reads ? TSimd.MultiplyAdd(beta, TSimd.Load(c + whole, mask), sum) : sum, mask);
            }
        }
    }
}
