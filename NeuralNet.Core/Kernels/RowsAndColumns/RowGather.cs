using System.Numerics;
using NeuralNet.Core.Kernels.Threads;

namespace NeuralNet.Core.Kernels.RowsAndColumns;

/// <summary>Copies rows of a table, named by index, into a matrix, both stored column after column: <c>Y_ij ← X_(r_i) j</c>.</summary>
internal sealed unsafe class RowGather<T> : IParallelWork where T : unmanaged, IFloatingPointIeee754<T>
{
    // Elements of a piece of work: enough to be worth handing out.
    private const int PieceLength = 8 * 1024;

    [ThreadStatic]
    private static RowGather<T>? _ofThread;

    private T* _source;
    private T* _target;
    private int* _rows;
    private int _sourceRows, _count, _columns, _pieceColumns;

    /// <summary>Copies the rows.</summary>
    /// <param name="source">X.</param>
    /// <param name="sourceRows">Rows of X.</param>
    /// <param name="rows">Which row of X each row of Y is to be.</param>
    /// <param name="target">Y.</param>
    /// <param name="columns">Columns of both.</param>
    public static void Run(ReadOnlySpan<T> source, int sourceRows, ReadOnlySpan<int> rows, Span<T> target, int columns)
    {
        if (rows.IsEmpty)
        {
            return;
        }

        fixed (T* pSource = source, pTarget = target)
        {
            fixed (int* pRows = rows)
            {
                RowGather<T> gather = _ofThread ??= new RowGather<T>();
                gather._source = pSource;
                gather._target = pTarget;
                gather._rows = pRows;
                (gather._sourceRows, gather._count, gather._columns) = (sourceRows, rows.Length, columns);
                gather._pieceColumns = ColumnsOfPiece(rows.Length);
                WorkerPool.Shared.Run(gather, WorkPieces.Count(columns, gather._pieceColumns), (long)rows.Length * columns >= 2 * PieceLength);
            }
        }
    }

    /// <summary>Columns in a piece of work, for a number of rows, 1 or more.</summary>
    internal static int ColumnsOfPiece(int rows) => Math.Max(1, PieceLength / rows);

    /// <inheritdoc/>
    public void Do(int piece)
    {
        int first = piece * _pieceColumns, end = first + Math.Min(_pieceColumns, _columns - first);
        for (int column = first; column < end; column++)
        {
            T* source = _source + ((nint)column * _sourceRows), target = _target + ((nint)column * _count);
            for (int i = 0; i < _count; i++)
            {
                target[i] = source[_rows[i]];
            }
        }
    }
}
