using System.Numerics;
using NeuralNet.Core.Kernels.Threads;

namespace NeuralNet.Core.Kernels.RowsAndColumns;

/// <summary>
/// Adds rows of a matrix to rows of another, both stored column after column: <c>Y_(r_k) j ← Y_(r_k) j + factor·X_kj</c>.
/// </summary>
/// <remarks>A row named more than once gets each of its rows, in the order of k, at any number of threads: they share columns, not rows.
/// The cost is that of the rows named. Row after row of a column, since one row lies scattered over all columns.</remarks>
internal sealed unsafe class RowScatter<T> : IParallelWork where T : unmanaged, IFloatingPointIeee754<T>
{
    // Elements of a piece of work: enough to be worth handing out.
    private const int PieceLength = 4 * 1024;

    [ThreadStatic]
    private static RowScatter<T>? _ofThread;

    private T* _source;
    private T* _target;
    private int* _rows;
    private T _factor;
    private int _sourceStride, _targetStride, _count, _columns, _pieceColumns;

    /// <summary>Adds the rows.</summary>
    /// <param name="source">X.</param>
    /// <param name="sourceStride">Elements from one column of X to the next.</param>
    /// <param name="rows">Which row of Y each of the first rows of X belongs to; at least one.</param>
    /// <param name="target">Y.</param>
    /// <param name="targetStride">Elements from one column of Y to the next.</param>
    /// <param name="columns">Columns of both.</param>
    /// <param name="factor">The factor.</param>
    public static void Run(
        ReadOnlySpan<T> source, int sourceStride, ReadOnlySpan<int> rows, Span<T> target, int targetStride, int columns, T factor)
    {
        fixed (T* pSource = source, pTarget = target)
        {
            fixed (int* pRows = rows)
            {
                RowScatter<T> scatter = _ofThread ??= new RowScatter<T>();
                scatter._source = pSource;
                scatter._target = pTarget;
                scatter._rows = pRows;
                (scatter._sourceStride, scatter._targetStride, scatter._factor) = (sourceStride, targetStride, factor);
                (scatter._count, scatter._columns) = (rows.Length, columns);
                bool isShared = (long)rows.Length * columns >= 2 * PieceLength;
                scatter._pieceColumns = isShared ? Math.Max(1, PieceLength / rows.Length) : columns;
                WorkerPool.Shared.Run(scatter, ((columns - 1) / scatter._pieceColumns) + 1, isShared);
            }
        }
    }

    /// <inheritdoc/>
    public void Do(int piece)
    {
        int first = piece * _pieceColumns, end = Math.Min(first + _pieceColumns, _columns);
        for (int column = first; column < end; column++)
        {
            T* source = _source + ((nint)column * _sourceStride), target = _target + ((nint)column * _targetStride);
            for (int k = 0; k < _count; k++)
            {
                T* element = target + _rows[k];
                *element = T.MultiplyAddEstimate(_factor, source[k], *element);
            }
        }
    }
}
