using System.Numerics;
using System.Numerics.Tensors;
using NeuralNet.Core.Kernels.Threads;

namespace NeuralNet.Core.Kernels.RowsAndColumns;

/// <summary>Rows of one matrix that stand, by index, for rows of a table; both are stored column after column.</summary>
/// <remarks>Threads share the columns, so rows that meet at one index are added in their order at any number of threads.</remarks>
internal sealed unsafe class RowGather<T> : IParallelWork where T : unmanaged, IFloatingPointIeee754<T>
{
    // Elements of a piece of work: enough to be worth handing out.
    private const int PieceLength = 8 * 1024;

    [ThreadStatic]
    private static RowGather<T>? _ofThread;

    private bool _isGathering;
    private T* _table;
    private T* _rows;
    private int* _indices;
    private T _beta;
    private int _tableRows, _count, _columns, _pieceColumns;

    /// <summary><c>rows_i ← table_index(i)</c>.</summary>
    public static void Gather(ReadOnlySpan<T> table, int tableRows, ReadOnlySpan<int> indices, Span<T> rows, int columns) =>
        Run(isGathering: true, table, tableRows, indices, rows, columns, default);

    /// <summary><c>table ← β·table</c>, then <c>table_index(i) ← table_index(i) + rows_i</c>; with β = 0, the table is not read.</summary>
    public static void ScatterAdd(ReadOnlySpan<T> rows, ReadOnlySpan<int> indices, Span<T> table, int tableRows, int columns, T beta) =>
        Run(isGathering: false, table, tableRows, indices, rows, columns, beta);

    /// <inheritdoc/>
    public void Do(int piece)
    {
        int first = piece * _pieceColumns, end = first + Math.Min(_pieceColumns, _columns - first);
        for (int column = first; column < end; column++)
        {
            T* table = _table + ((nint)column * _tableRows), rows = _rows + ((nint)column * _count);
            if (_isGathering)
            {
                for (int i = 0; i < _count; i++)
                {
                    rows[i] = table[_indices[i]];
                }
            }
            else
            {
                ScaleTable(new Span<T>(table, _tableRows));
                for (int i = 0; i < _count; i++)
                {
                    table[_indices[i]] += rows[i];
                }
            }
        }
    }

    private static void Run(
        bool isGathering, ReadOnlySpan<T> table, int tableRows, ReadOnlySpan<int> indices, ReadOnlySpan<T> rows, int columns, T beta)
    {
        fixed (T* pTable = table, pRows = rows)
        {
            fixed (int* pIndices = indices)
            {
                RowGather<T> work = _ofThread ??= new RowGather<T>();
                work._table = pTable;
                work._rows = pRows;
                work._indices = pIndices;
                (work._isGathering, work._beta) = (isGathering, beta);
                (work._tableRows, work._count, work._columns) = (tableRows, indices.Length, columns);
                long columnLength = (isGathering || beta == T.One ? 0L : tableRows) + indices.Length;
                work._pieceColumns = (int)Math.Clamp(PieceLength / Math.Max(columnLength, 1), 1, Math.Max(columns, 1));
                int pieces = (int)(((long)columns + work._pieceColumns - 1) / work._pieceColumns);
                WorkerPool.Shared.Run(work, pieces, columnLength * columns >= 2 * PieceLength);
            }
        }
    }

    private void ScaleTable(Span<T> column)
    {
        if (_beta == T.Zero)
        {
            column.Clear();
        }
        else if (_beta != T.One)
        {
            TensorPrimitives.Multiply(column, _beta, column);
        }
    }
}
