using System.Numerics;
using System.Numerics.Tensors;
using NeuralNet.Core.Kernels.Threads;

namespace NeuralNet.Core.Kernels.RowsAndColumns;

/// <summary>Operations between a matrix <c>[N×M]</c>, column after column, and a column <c>[N×1]</c>.</summary>
/// <remarks>Threads share the rows; each element of the column meets the columns of the matrix in their order.</remarks>
internal sealed unsafe class Columns<T> : IParallelWork where T : unmanaged, IFloatingPointIeee754<T>
{
    // Rows of a piece: they stay in the first-level cache while the columns pass by.
    private const int PieceRows = 2048;

    // Elements below which sharing them with another thread costs more than it saves.
    private const int LeastShared = 32 * 1024;

    [ThreadStatic]
    private static Columns<T>? _ofThread;

    private bool _isSumming;
    private T* _matrix;
    private T* _column;
    private T _beta;
    private int _rows, _columns;

    /// <summary><c>s_i ← Σ_j Y_ij + β·s_i</c>; with β = 0, s is not read.</summary>
    public static void Sum(ReadOnlySpan<T> matrix, int columns, Span<T> sums, T beta) => Run(isSumming: true, matrix, columns, sums, beta);

    /// <summary><c>Y_ij ← Y_ij + c_i</c>.</summary>
    public static void AddToEach(Span<T> matrix, int columns, ReadOnlySpan<T> column) => Run(isSumming: false, matrix, columns, column, default);

    /// <inheritdoc/>
    public void Do(int piece)
    {
        int first = piece * PieceRows, count = Math.Min(PieceRows, _rows - first);
        var part = new Span<T>(_column + first, count);
        if (_isSumming)
        {
            Beta.Apply(part, _beta);
        }

        for (int j = 0; j < _columns; j++)
        {
            var column = new Span<T>(_matrix + ((nint)j * _rows) + first, count);
            Span<T> result = _isSumming ? part : column;
            TensorPrimitives.Add(part, column, result);
        }
    }

    private static void Run(bool isSumming, ReadOnlySpan<T> matrix, int columns, ReadOnlySpan<T> column, T beta)
    {
        fixed (T* pMatrix = matrix, pColumn = column)
        {
            Columns<T> work = _ofThread ??= new Columns<T>();
            work._matrix = pMatrix;
            work._column = pColumn;
            (work._isSumming, work._beta, work._rows, work._columns) = (isSumming, beta, column.Length, columns);
            WorkerPool.Shared.Run(work, WorkPieces.Count(column.Length, PieceRows), (long)column.Length * columns >= LeastShared);
        }
    }
}
