using System.Numerics;
using NeuralNet.Core.Kernels.Simd;
using NeuralNet.Core.Kernels.Threads;

namespace NeuralNet.Core.Kernels.Gemm;

/// <summary>
/// The matrix product: C is cut into register tiles, which the threads share. Factors that would be read in long jumps, or often, are
/// first packed into strips in the order in which the tiles read them; the others are read where they lie.
/// </summary>
/// <remarks>Each element of C is summed in one order that depends on the sizes alone, so the result has the same bits at any number
/// of threads. One object serves one caller at a time; it keeps its scratch memory.</remarks>
internal sealed unsafe class TiledProduct<T, TVector, TSimd> : IParallelWork
    where T : unmanaged, IFloatingPointIeee754<T>
    where TVector : struct
    where TSimd : struct, ISimd<TVector, T>
{
    // Strips packed together: what lies side by side in a row of the source is then read as whole cache lines, page by page.
    private const int GroupA = 4;
    private const int GroupB = 8;

    private static readonly int StripRows = 2 * TSimd.Count;
    private static readonly int StripColumns = TSimd.TileColumns;

    private readonly AlignedBuffer<T> _packedA = new();
    private readonly AlignedBuffer<T> _packedB = new();
    private readonly AlignedBuffer<T> _zeroMemory = new();
    private readonly T* _zeros;
    private bool _isPacking;
    private bool _packsA, _packsB, _packsOwnBlock;
    private Operand<T> _a;
    private Operand<T> _b;
    private T _alpha;
    private T _beta;
    private T* _c;
    private T* _bias;
    private nint _strideC;
    private int _row, _rows, _rowStrips;
    private int _column, _columns, _columnStrips;
    private int _step, _steps;
    private int _packPiecesA, _blockStrips, _blocks, _columnGroups;
    private T* _stripsA;
    private T* _stripsB;

    public TiledProduct()
    {
        _zeros = _zeroMemory.Get(StripColumns);
        new Span<T>(_zeros, StripColumns).Clear();
    }

    /// <summary><c>C ← α·(op(A)·op(B) + 1·b) + β·C</c>; without a bias (null), nothing is added.</summary>
    public void Run(
        WorkerPool pool, int rows, int columns, int inner, T alpha, Operand<T> a, Operand<T> b, T beta, T* c, nint strideC, T* bias)
    {
        (_a, _b, _alpha, _strideC) = (a, b, alpha, strideC);
        _c = c;
        int depth = BlockSizes.Depth(sizeof(T)), steps = Math.Min(inner, depth);
        _packsA = a.IsStepContiguous || BlockSizes.IsWorthPacking(a, steps, Strips(columns, StripColumns));
        _packsB = BlockSizes.IsWorthPacking(b, steps, Strips(rows, StripRows));
        int panelColumns = Math.Max(1, BlockSizes.PanelBytes / (sizeof(T) * steps * StripColumns)) * StripColumns;
        for (_step = 0; _step < inner; _step += _steps)
        {
            _steps = PartOf(inner, _step, depth);
            _beta = _step == 0 ? beta : T.One;
            _bias = _step == 0 ? bias : null;
            for (_row = 0; _row < rows; _row += BlockSizes.PanelRows)
            {
                _rows = Math.Min(rows - _row, BlockSizes.PanelRows);
                _rowStrips = Strips(_rows, StripRows);
                for (_column = 0; _column < columns; _column += _columns)
                {
                    _columns = Math.Min(Strips(PartOf(columns, _column, panelColumns), StripColumns) * StripColumns, columns - _column);
                    _columnStrips = Strips(_columns, StripColumns);
                    Divide(pool.Threads);
                    Pack(pool);
                    Multiply(pool);
                }
            }
        }
    }

    /// <inheritdoc/>
    public void Do(int piece)
    {
        if (!_isPacking)
        {
            MultiplyBlock(piece);
        }
        else if (piece < _packPiecesA)
        {
            PackA(piece * GroupA, GroupA);
        }
        else
        {
            int first = (piece - _packPiecesA) * GroupB * StripColumns;
            _b.PackStrips(
                _column + first, Math.Min(GroupB * StripColumns, _columns - first), StripColumns, _step, _steps, _stripsB + ((nint)first * _steps));
        }
    }

    // The remaining steps in parts of about equal length, none longer than the most: no short rest at the end.
    private static int PartOf(int whole, int done, int most)
    {
        int parts = ((whole - 1) / most) + 1;
        return Math.Min(((whole - 1) / parts) + 1, whole - done);
    }

    private static int Strips(int size, int width) => ((size - 1) / width) + 1;

    // Blocks of rows, and groups of columns where there are too few blocks to keep every thread busy to the end.
    private void Divide(int threads)
    {
        int pieces = 4 * threads;
        int fitting = Math.Max(1, BlockSizes.BlockBytes / (sizeof(T) * StripRows * _steps));
        _blockStrips = Math.Min(fitting, Strips(_rowStrips, pieces));
        _blocks = Strips(_rowStrips, _blockStrips);
        _columnGroups = Math.Min(_columnStrips, Strips(pieces, _blocks));
    }

    private void Pack(WorkerPool pool)
    {
        // A stays packed while the panels of B pass by. Where a block of rows is one piece of work, that piece packs it for itself.
        bool needsA = _packsA && _column == 0;
        _packsOwnBlock = needsA && _columnGroups == 1;
        _packPiecesA = needsA && !_packsOwnBlock ? Strips(_rowStrips, GroupA) : 0;
        _stripsA = _packsA ? _packedA.Get((long)_rowStrips * StripRows * _steps) : null;
        _stripsB = _packsB ? _packedB.Get((long)_columnStrips * StripColumns * _steps) : null;

        int elements = _packPiecesA > 0 ? _rows : 0;
        elements += _packsB ? _columns : 0;
        _isPacking = true;
        pool.Run(
            this, _packPiecesA + (_packsB ? Strips(_columnStrips, GroupB) : 0), (long)elements * _steps >= 2 * BlockSizes.PackingPerThread);
        _isPacking = false;
    }

    private void PackA(int firstStrip, int strips)
    {
        int first = firstStrip * StripRows;
        _a.PackStrips(_row + first, Math.Min(strips * StripRows, _rows - first), StripRows, _step, _steps, _stripsA + ((nint)first * _steps));
    }

    private void Multiply(WorkerPool pool) =>
        pool.Run(
            this, _blocks * _columnGroups, (long)_rows * _columns * (_steps + BlockSizes.WorkOfResult) >= 2 * BlockSizes.WorkPerThread);

    private void MultiplyBlock(int piece)
    {
        int block = piece / _columnGroups, group = piece % _columnGroups;
        int firstRowStrip = block * _blockStrips, endRowStrip = Math.Min(firstRowStrip + _blockStrips, _rowStrips);
        if (_packsOwnBlock)
        {
            PackA(firstRowStrip, endRowStrip - firstRowStrip);
        }

        int firstColumnStrip = (int)((long)_columnStrips * group / _columnGroups);
        int endColumnStrip = (int)((long)_columnStrips * (group + 1) / _columnGroups);
        for (int columnStrip = firstColumnStrip; columnStrip < endColumnStrip; columnStrip++)
        {
            int column = columnStrip * StripColumns, columns = Math.Min(StripColumns, _columns - column);
            TileFactor<T> b = _packsB
                ? new(_stripsB + ((nint)column * _steps), StripColumns, isAdjacent: true)
                : _b.At(_column + column, _step);
            T* start = _bias is null ? _zeros : _bias + _column + column;
            T* c = _c + _row + ((_column + column) * _strideC);
            var wholeKernel = Tile<T, TVector, TSimd>.Kernel(StripRows, columns, b.IsAdjacent);
            for (int rowStrip = firstRowStrip; rowStrip < endRowStrip; rowStrip++)
            {
                int row = rowStrip * StripRows, rows = Math.Min(StripRows, _rows - row);
                TileFactor<T> a = _packsA ? new(_stripsA + ((nint)row * _steps), StripRows, isAdjacent: true) : _a.At(_row + row, _step);
                var kernel = rows == StripRows ? wholeKernel : Tile<T, TVector, TSimd>.Kernel(rows, columns, b.IsAdjacent);
                kernel(_steps, a.Data, a.Stride, null, b.Data, b.Stride, _alpha, _beta, c + row, _strideC, start, rows);
            }
        }
    }
}
