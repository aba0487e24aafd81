using System.Numerics;
using NeuralNet.Core.Kernels.Threads;

namespace NeuralNet.Core.Kernels.RowsAndColumns;

/// <summary>
/// Adds rows of a matrix to rows of another, both stored column after column: <c>Y ← β·Y</c>, then <c>Y_(r_k) j ← Y_(r_k) j + factor·X_kj</c>.
/// </summary>
/// <remarks>A row named more than once gets each of its rows, in the order of k, at any number of threads: they share columns, not rows.
/// With β = 1 the cost is that of the rows named. Row after row of a column, since one row lies scattered over all columns.</remarks>
internal sealed unsafe class RowScatter<T> : IParallelWork where T : unmanaged, IFloatingPointIeee754<T>
{
    // Elements of a piece of work: enough to be worth handing out.
    private const int PieceLength = 4 * 1024;

    [ThreadStatic]
    private static RowScatter<T>? _ofThread;

    private T* _source;
    private T* _target;
    private int* _rows;
    private T _factor, _beta;
    private int _sourceStride, _targetRows, _count, _columns, _pieceColumns;

    /// <summary>Adds the rows to a matrix as it is: β = 1.</summary>
    /// <inheritdoc cref="Run(ReadOnlySpan{T}, int, ReadOnlySpan{int}, Span{T}, int, int, T, T)"/>
    public static void Run(
        ReadOnlySpan<T> source, int sourceStride, ReadOnlySpan<int> rows, Span<T> target, int targetRows, int columns, T factor) =>
        Run(source, sourceStride, rows, target, targetRows, columns, factor, T.One);

    /// <summary>Adds the rows.</summary>
    /// <param name="source">X.</param>
    /// <param name="sourceStride">Elements from one column of X to the next.</param>
    /// <param name="rows">Which row of Y each of the first rows of X belongs to.</param>
    /// <param name="target">Y.</param>
    /// <param name="targetRows">Rows of Y.</param>
    /// <param name="columns">Columns of both.</param>
    /// <param name="factor">The factor.</param>
    /// <param name="beta">β, the factor of what Y holds; with 0, Y is not read.</param>
    public static void Run(
        ReadOnlySpan<T> source, int sourceStride, ReadOnlySpan<int> rows, Span<T> target, int targetRows, int columns, T factor, T beta)
    {
        fixed (T* pSource = source, pTarget = target)
        {
            fixed (int* pRows = rows)
            {
                RowScatter<T> scatter = _ofThread ??= new RowScatter<T>();
                scatter._source = pSource;
                scatter._target = pTarget;
                scatter._rows = pRows;
                (scatter._sourceStride, scatter._targetRows, scatter._factor, scatter._beta) = (sourceStride, targetRows, factor, beta);
                (scatter._count, scatter._columns) = (rows.Length, columns);
                long columnLength = (beta == T.One ? 0L : targetRows) + rows.Length;
                scatter._pieceColumns = ColumnsOfPiece(columnLength, columns, out bool isShared);
                WorkerPool.Shared.Run(scatter, columnLength == 0 ? 0 : WorkPieces.Count(columns, scatter._pieceColumns), isShared);
            }
        }
    }

    /// <summary>Columns in a piece of work.</summary>
    /// <param name="columnLength">Elements of a column that are touched, up to 2³² − 2.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="isShared">Receives whether there is enough for several threads.</param>
    internal static int ColumnsOfPiece(long columnLength, int columns, out bool isShared)
    {
        isShared = columnLength * columns >= 2 * PieceLength;
        return isShared ? (int)Math.Max(1, PieceLength / columnLength) : Math.Max(1, columns);
    }

    /// <inheritdoc/>
    public void Do(int piece)
    {
        int first = piece * _pieceColumns, end = first + Math.Min(_pieceColumns, _columns - first);
        for (int column = first; column < end; column++)
        {
            T* source = _source + ((nint)column * _sourceStride), target = _target + ((nint)column * _targetRows);
            Beta.Apply(new Span<T>(target, _targetRows), _beta);
            for (int k = 0; k < _count; k++)
            {
                T* element = target + _rows[k];
                *element = T.MultiplyAddEstimate(_factor, source[k], *element);
            }
        }
    }
}
