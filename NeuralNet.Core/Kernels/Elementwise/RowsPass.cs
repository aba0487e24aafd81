using System.Numerics;
using NeuralNet.Core.Kernels.RowsAndColumns;
using NeuralNet.Core.Kernels.Threads;

namespace NeuralNet.Core.Kernels.Elementwise;

/// <summary>An <see cref="IElementwiseOperation{T}"/> of one input on some rows of tables that are stored column after column, at the cost of those rows.</summary>
/// <remarks>Row k of the input belongs to row <c>rows[k]</c> of the tables, each named once. What is named of a column is gathered, worked on in vectors and
/// put back, with the bits of a pass over whole tables; threads share the columns.</remarks>
internal sealed unsafe class RowsPass<T, TOperation> : IParallelWork
    where T : unmanaged, IFloatingPointIeee754<T>
    where TOperation : struct, IElementwiseOperation<T>
{
    // Rows that are gathered at a time, on the stack.
    private const int ChunkLength = 128;

    [ThreadStatic]
    private static RowsPass<T, TOperation>? _ofThread;

    private TOperation _operation;
    private T* _source;
    private Arrays<T> _tables;
    private int* _rows;
    private int _sourceStride, _tableRows, _count, _columns, _pieceColumns;

    /// <summary>Does the operation.</summary>
    /// <param name="operation">The operation with its factors.</param>
    /// <param name="input">What is read.</param>
    /// <param name="inputStride">Elements from one column of the input to the next.</param>
    /// <param name="rows">Which row of the tables each of the first rows of the input belongs to.</param>
    /// <param name="first">The first table.</param>
    /// <param name="second">The second table, empty where the operation writes one only.</param>
    /// <param name="third">The third table, empty where the operation writes fewer.</param>
    /// <param name="tableRows">Rows of the tables.</param>
    /// <param name="columns">Columns of all.</param>
    public static void Run(
        TOperation operation, ReadOnlySpan<T> input, int inputStride, ReadOnlySpan<int> rows, Span<T> first, Span<T> second, Span<T> third, int tableRows, int columns)
    {
        fixed (T* pInput = input, pFirst = first, pSecond = second, pThird = third)
        {
            fixed (int* pRows = rows)
            {
                RowsPass<T, TOperation> pass = _ofThread ??= new RowsPass<T, TOperation>();
                pass._operation = operation;
                pass._source = pInput;
                pass._tables = new Arrays<T>(pFirst, pSecond, pThird);
                pass._rows = pRows;
                (pass._sourceStride, pass._tableRows, pass._count, pass._columns) = (inputStride, tableRows, rows.Length, columns);
                pass._pieceColumns = RowScatter<T>.ColumnsOfPiece(rows.Length, columns, out bool isShared);
                WorkerPool.Shared.Run(pass, rows.IsEmpty ? 0 : WorkPieces.Count(columns, pass._pieceColumns), isShared);
            }
        }
    }

    /// <inheritdoc/>
    public void Do(int piece)
    {
        T* chunks = stackalloc T[3 * ChunkLength];
        T* first = chunks, second = chunks + ChunkLength, third = second + ChunkLength;
        int begin = piece * _pieceColumns, end = begin + Math.Min(_pieceColumns, _columns - begin);
        for (int column = begin; column < end; column++)
        {
            T* source = _source + ((nint)column * _sourceStride);
            nint offset = (nint)column * _tableRows;
            for (int k = 0; k < _count; k += ChunkLength)
            {
                int length = Math.Min(ChunkLength, _count - k);
                Gather(_tables.First, offset, k, first, length);
                Gather(_tables.Second, offset, k, second, length);
                Gather(_tables.Third, offset, k, third, length);
                ElementwiseLoop<T, TOperation>.Run(_operation, new Arrays<T>(source + k), new Arrays<T>(first, second, third), length);
                Scatter(first, length, _tables.First, offset, k);
                Scatter(second, length, _tables.Second, offset, k);
                Scatter(third, length, _tables.Third, offset, k);
            }
        }
    }

    private void Gather(T* table, nint offset, int from, T* chunk, int length)
    {
        for (int k = 0; table is not null && k < length; k++)
        {
            chunk[k] = table[offset + _rows[from + k]];
        }
    }

    private void Scatter(T* chunk, int length, T* table, nint offset, int from)
    {
        for (int k = 0; table is not null && k < length; k++)
        {
            table[offset + _rows[from + k]] = chunk[k];
        }
    }
}
