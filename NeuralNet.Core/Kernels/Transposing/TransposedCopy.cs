using System.Numerics;
using NeuralNet.Core.Kernels.Threads;

namespace NeuralNet.Core.Kernels.Transposing;

/// <summary><c>Y ← Xᵀ</c>, both stored column after column: four columns of X at a time become a piece of each column of Y.</summary>
internal sealed unsafe class TransposedCopy<T> : IParallelWork where T : unmanaged, IFloatingPointIeee754<T>
{
    // Columns of X in a piece of work, and rows done at a time: what is written of Y then fills whole cache lines, and stays in the
    // first-level cache until it does.
    private const int BlockColumns = 16;
    private const int BlockRows = 64;

    // Elements below which sharing them with another thread costs more than it saves.
    private const int LeastShared = 32 * 1024;

    [ThreadStatic]
    private static TransposedCopy<T>? _ofThread;

    private T* _source;
    private T* _target;
    private nint _sourceStride, _targetStride;
    private int _rows, _columns;

    /// <summary>Transposes.</summary>
    /// <param name="rows">Rows of X.</param>
    /// <param name="columns">Columns of X.</param>
    /// <param name="source">X.</param>
    /// <param name="sourceStride">Elements from one column of X to the next.</param>
    /// <param name="target">Y.</param>
    /// <param name="targetStride">Elements from one column of Y to the next.</param>
    public static void Run(int rows, int columns, ReadOnlySpan<T> source, int sourceStride, Span<T> target, int targetStride)
    {
        fixed (T* pSource = source, pTarget = target)
        {
            TransposedCopy<T> work = _ofThread ??= new TransposedCopy<T>();
            work._source = pSource;
            work._target = pTarget;
            (work._rows, work._columns, work._sourceStride, work._targetStride) = (rows, columns, sourceStride, targetStride);
            WorkerPool.Shared.Run(work, rows == 0 ? 0 : WorkPieces.Count(columns, BlockColumns), (long)rows * columns >= LeastShared);
        }
    }

    /// <inheritdoc/>
    public void Do(int piece)
    {
        int first = piece * BlockColumns, count = Math.Min(BlockColumns, _columns - first), side = Transposition<T>.Side, done = 0;
        if (side > 0 && count == BlockColumns)
        {
            for (; done <= _rows - side; done += side)
            {
                for (int column = first; column < first + BlockColumns; column += side)
                {
                    Transposition<T>.Square(_source + (column * _sourceStride) + done, _sourceStride, _target + (done * _targetStride) + column, _targetStride);
                }
            }
        }

        for (; done < _rows; done += BlockRows)
        {
            Block(first, count, done, Math.Min(BlockRows, _rows - done));
        }
    }

    private void Block(int first, int count, int done, int rows)
    {
        int inFours = count - (count % Transposition<T>.Runs);
        T* source = _source + (first * _sourceStride) + done, target = _target + (done * _targetStride) + first;
        for (int i = 0; i < inFours; i += Transposition<T>.Runs)
        {
            // After the last columns of these rows come the first of the next.
            T* next = i + Transposition<T>.Runs < inFours ? source + ((i + Transposition<T>.Runs) * _sourceStride) : source + rows;
            Transposition<T>.FourRuns(new(source + (i * _sourceStride), _sourceStride), new(next, _sourceStride), rows, target + i, _targetStride);
        }

        for (int i = inFours; i < count; i++)
        {
            for (int row = 0; row < rows; row++)
            {
                target[i + (row * _targetStride)] = source[row + (i * _sourceStride)];
            }
        }
    }
}
