using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using NeuralNet.Core.Kernels.Simd;
using NeuralNet.Core.Kernels.Threads;

namespace NeuralNet.Core.Kernels.RowsAndColumns;

/// <summary>The sum of all rows of a matrix <c>[N×M]</c> stored column after column: <c>s_j ← Σ_i Y_ij + β·s_j</c>.</summary>
internal sealed unsafe class RowSum<T> : IParallelWork where T : unmanaged, IFloatingPointIeee754<T>
{
    // Columns summed at a time: one addition must wait for the one before it, so several chains run side by side.
    private const int Group = 4;

    // Up to so many rows, the sum across a vector costs more than the additions do one by one.
    private const int FewRows = 8;

    // Elements of a piece of work: enough to be worth handing out.
    private const int PieceLength = 16 * 1024;

    [ThreadStatic]
    private static RowSum<T>? _ofThread;

    private T* _matrix;
    private T* _sums;
    private T _beta;
    private nint _stride;
    private int _rows, _columns, _pieceColumns;

    /// <summary>Sums up.</summary>
    /// <param name="matrix">Y.</param>
    /// <param name="rows">Rows of Y, N; the sum of none is 0.</param>
    /// <param name="stride">Elements from one column of Y to the next.</param>
    /// <param name="sums">s, one number a column.</param>
    /// <param name="beta">Factor of what s holds; with 0, s is not read.</param>
    public static void Run(ReadOnlySpan<T> matrix, int rows, int stride, Span<T> sums, T beta)
    {
        fixed (T* pMatrix = matrix, pSums = sums)
        {
            RowSum<T> sum = _ofThread ??= new RowSum<T>();
            sum._matrix = pMatrix;
            sum._sums = pSums;
            (sum._beta, sum._rows, sum._stride, sum._columns) = (beta, rows, stride, sums.Length);
            sum._pieceColumns = ColumnsOfPiece(rows, sums.Length, out bool isShared);
            WorkerPool.Shared.Run(sum, WorkPieces.Count(sums.Length, sum._pieceColumns), isShared);
        }
    }

    /// <summary>Columns in a piece of work: whole groups, where there is enough for several threads.</summary>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="isShared">Receives whether there is.</param>
    internal static int ColumnsOfPiece(int rows, int columns, out bool isShared)
    {
        isShared = (long)rows * columns >= 2 * PieceLength;
        return isShared ? (int)Math.Max(1, PieceLength / ((long)rows * Group)) * Group : Math.Max(columns, 1);
    }

    /// <inheritdoc/>
    public void Do(int piece)
    {
        int first = piece * _pieceColumns, end = first + Math.Min(_pieceColumns, _columns - first);
        if (_rows <= FewRows)
        {
            SumOneByOne(first, end);
            return;
        }

        for (int column = first; column < end; column += Group)
        {
            int count = Math.Min(Group, end - column);
            if (Processor.WidestVector == VectorWidth.Bits512)
            {
                SumOfGroup<Vector512<T>, Simd512<T>>(column, count);
            }
            else if (Processor.WidestVector == VectorWidth.Bits256)
            {
                SumOfGroup<Vector256<T>, Simd256<T>>(column, count);
            }
            else
            {
                SumOfGroup<Vector128<T>, Simd128<T>>(column, count);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SumOneByOne(int first, int end)
    {
        T* source = _matrix + (first * _stride);
        for (int column = first; column < end; column++)
        {
            T sum = T.Zero;
            for (int i = 0; i < _rows; i++)
            {
                sum += source[i];
            }

            Store(column, sum);
            source += _stride;
        }
    }

    // Where fewer columns are left than a group has, the last stands in.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SumOfGroup<TVector, TSimd>(int column, int count)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
    {
        T* c0 = _matrix + (column * _stride), c1 = c0 + (Math.Min(1, count - 1) * _stride);
        T* c2 = c0 + (Math.Min(2, count - 1) * _stride), c3 = c0 + (Math.Min(3, count - 1) * _stride);
        TVector s0 = default, s1 = default, s2 = default, s3 = default;
        int i = 0;
        for (; i <= _rows - TSimd.Count; i += TSimd.Count)
        {
            s0 = TSimd.Add(s0, TSimd.Load(c0 + i));
            s1 = TSimd.Add(s1, TSimd.Load(c1 + i));
            s2 = TSimd.Add(s2, TSimd.Load(c2 + i));
            s3 = TSimd.Add(s3, TSimd.Load(c3 + i));
        }

        if (i < _rows)
        {
            TVector mask = TSimd.Mask(_rows - i);
            s0 = TSimd.Add(s0, TSimd.Load(c0 + i, mask));
            s1 = TSimd.Add(s1, TSimd.Load(c1 + i, mask));
            s2 = TSimd.Add(s2, TSimd.Load(c2 + i, mask));
            s3 = TSimd.Add(s3, TSimd.Load(c3 + i, mask));
        }

        Store(column, TSimd.Sum(s0));
        if (count > 1)
        {
            Store(column + 1, TSimd.Sum(s1));
        }

        if (count > 2)
        {
            Store(column + 2, TSimd.Sum(s2));
        }

        if (count > 3)
        {
            Store(column + 3, TSimd.Sum(s3));
        }
    }

    private void Store(int column, T sum) => _sums[column] = _beta == T.Zero ? sum : sum + (_beta * _sums[column]);
}
