using System.Numerics;
using NeuralNet.Core.Kernels.Simd;
using NeuralNet.Core.Kernels.Threads;

namespace NeuralNet.Core.Kernels.Gemm;

/// <summary>
/// The product of large matrices: both factors are packed panel by panel, then the tiles of C are computed, each phase shared
/// among the threads.
/// </summary>
/// <remarks>Each element of C is summed in one order that depends on the sizes alone, so the result has the same bits at any number
/// of threads. One object serves one caller at a time; it keeps its scratch memory.</remarks>
internal sealed unsafe class PackedProduct<T, TVector, TSimd> : IParallelWork
    where T : unmanaged, IFloatingPointIeee754<T>
    where TVector : struct
    where TSimd : struct, ISimd<TVector, T>
{
    private static readonly int StripRows = 2 * TSimd.Count;
    private static readonly int StripColumns = TSimd.TileColumns;

    private readonly AlignedBuffer<T> _packedA = new();
    private readonly AlignedBuffer<T> _packedB = new();
    private Phase _phase;
    private Operand<T> _a;
    private Operand<T> _b;
    private T _alpha;
    private T _beta;
    private T* _c;
    private nint _strideC;
    private int _row, _rows, _rowStrips;
    private int _column, _columns, _columnStrips;
    private int _step, _steps;
    private int _blockStrips, _blocks, _columnGroups;
    private T* _stripsA;
    private T* _stripsB;

    private enum Phase
    {
        Pack,
        Multiply,
    }

    /// <summary><c>C ← α·op(A)·op(B) + β·C</c>.</summary>
    public void Run(
        WorkerPool pool, int rows, int columns, int inner, T alpha, Operand<T> a, Operand<T> b, T beta, T* c, nint strideC)
    {
        (_a, _b, _alpha, _strideC) = (a, b, alpha, strideC);
        _c = c;
        for (_column = 0; _column < columns; _column += BlockSizes.PanelColumns)
        {
            _columns = Math.Min(columns - _column, BlockSizes.PanelColumns);
            _columnStrips = Strips(_columns, StripColumns);
            for (_step = 0; _step < inner; _step += _steps)
            {
                _steps = PartOf(inner, _step, BlockSizes.Depth);
                _beta = _step == 0 ? beta : T.One;
                for (_row = 0; _row < rows; _row += BlockSizes.PanelRows)
                {
                    _rows = Math.Min(rows - _row, BlockSizes.PanelRows);
                    _rowStrips = Strips(_rows, StripRows);
                    MultiplyPanels(pool);
                }
            }
        }
    }

    /// <inheritdoc/>
    public void Do(int piece)
    {
        if (_phase == Phase.Multiply)
        {
            MultiplyBlock(piece);
        }
        else if (piece < _rowStrips)
        {
            int first = piece * StripRows;
            _a.PackStrip(_row + first, Math.Min(StripRows, _rows - first), StripRows, _step, _steps, _stripsA + ((nint)first * _steps));
        }
        else
        {
            int first = (piece - _rowStrips) * StripColumns;
            _b.PackStrip(
                _column + first, Math.Min(StripColumns, _columns - first), StripColumns, _step, _steps, _stripsB + ((nint)first * _steps));
        }
    }

    // The remaining steps in parts of about equal length, none longer than the most: no short rest at the end.
    private static int PartOf(int whole, int done, int most)
    {
        int parts = ((whole - 1) / most) + 1;
        return Math.Min(((whole - 1) / parts) + 1, whole - done);
    }

    private static int Strips(int size, int width) => ((size - 1) / width) + 1;

    private void MultiplyPanels(WorkerPool pool)
    {
        _stripsA = _packedA.Get((long)_rowStrips * StripRows * _steps);
        _stripsB = _packedB.Get((long)_columnStrips * StripColumns * _steps);
        _phase = Phase.Pack;
        pool.Run(this, _rowStrips + _columnStrips);

        _blockStrips = Math.Max(1, BlockSizes.BlockBytes / (sizeof(T) * StripRows * _steps));
        _blocks = Strips(_rowStrips, _blockStrips);
        // Enough pieces for every thread to be busy to the end.
        _columnGroups = Math.Min(_columnStrips, Strips(4 * pool.Threads, _blocks));
        _phase = Phase.Multiply;
        pool.Run(this, _blocks * _columnGroups);
    }

    private void MultiplyBlock(int piece)
    {
        int block = piece / _columnGroups, group = piece % _columnGroups;
        int firstRowStrip = block * _blockStrips, endRowStrip = Math.Min(firstRowStrip + _blockStrips, _rowStrips);
        int firstColumnStrip = (int)((long)_columnStrips * group / _columnGroups);
        int endColumnStrip = (int)((long)_columnStrips * (group + 1) / _columnGroups);
        for (int columnStrip = firstColumnStrip; columnStrip < endColumnStrip; columnStrip++)
        {
            for (int rowStrip = firstRowStrip; rowStrip < endRowStrip; rowStrip++)
            {
                MultiplyTile(rowStrip * StripRows, columnStrip * StripColumns);
            }
        }
    }

    private void MultiplyTile(int row, int column)
    {
        T* a = _stripsA + ((nint)row * _steps);
        T* b = _stripsB + ((nint)column * _steps);
        T* c = _c + _row + row + ((_column + column) * _strideC);
        Tile<T, TVector, TSimd>.Multiply(
            Math.Min(StripRows, _rows - row), Math.Min(StripColumns, _columns - column), _steps, a, b, StripColumns, _alpha, _beta, c, _strideC);
    }
}
