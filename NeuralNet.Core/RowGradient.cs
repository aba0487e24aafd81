using System.Numerics;
using NeuralNet.Core.Kernels.Elementwise;
using NeuralNet.Core.Kernels.Reductions;
using NeuralNet.Core.Kernels.RowsAndColumns;

namespace NeuralNet.Core;

/// <summary>The gradient of a table by the few rows that were read of it: those rows, side by side, and which they are.</summary>
/// <remarks>
/// <para>Row k of the storage is the sum of all gradients by row <c>Rows[k]</c> of the table. It is kept column after column like every
/// matrix, with a stride of its own: adding to it and applying it then pass over memory as the batch is long, and only the table itself is
/// reached into here and there. Nothing is done for the rows of the table that are not named, except that an index of one number a row is kept.</para>
/// <para>The buffers grow to the most rows that came and stay, so that steady state allocates nothing.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="tableRows">Rows of the table.</param>
/// <param name="columns">Columns of the table.</param>
internal sealed class RowGradient<T>(int tableRows, int columns) where T : unmanaged, IFloatingPointIeee754<T>
{
    // Where each row of the table is kept. An entry holds only if the row kept there is that row: so clearing need not touch it.
    private readonly int[] _placeOfRow = new int[tableRows];
    private int[] _rows = [];
    private int[] _places = [];
    private T[] _sums = [];
    private int _count;

    /// <summary>The rows that were named, each once, in the order in which they came first.</summary>
    public ReadOnlySpan<int> Rows => _rows.AsSpan(0, _count);

    // Rows that there is space for, and the stride of the storage.
    private int Capacity => _rows.Length;

    /// <summary>Forgets all rows.</summary>
    public void Clear() => _count = 0;

    /// <summary>Adds gradients by rows.</summary>
    /// <param name="rows">The rows of the table, at least one; one that is named twice gets both.</param>
    /// <param name="gradients">One row for each, column after column.</param>
    public void Add(ReadOnlySpan<int> rows, ReadOnlySpan<T> gradients)
    {
        Reserve(rows.Length);
        int before = _count;
        for (int k = 0; k < rows.Length; k++)
        {
            int place = _placeOfRow[rows[k]];
            if (place >= _count || _rows[place] != rows[k])
            {
                place = _count++;
                _rows[place] = rows[k];
                _placeOfRow[rows[k]] = place;
            }

            _places[k] = place;
        }

        for (int j = 0; j < columns; j++)
        {
            _sums.AsSpan((j * Capacity) + before, _count - before).Clear();
        }

        RowScatter<T>.Run(gradients, rows.Length, _places.AsSpan(0, rows.Length), _sums, Capacity, columns, T.One);
    }

    /// <summary><c>table ← table + factor·gradient</c>, in the rows that were named only.</summary>
    /// <param name="table">The table, or another matrix of its shape.</param>
    /// <param name="factor">The factor.</param>
    public void AddTo(Span<T> table, T factor)
    {
        if (_count > 0)
        {
            RowScatter<T>.Run(_sums, Capacity, Rows, table, tableRows, columns, factor);
        }
    }

    /// <summary>Multiplies the gradient by a number.</summary>
    /// <param name="factor">The number.</param>
    public void Scale(T factor)
    {
        for (int j = 0; j < columns; j++)
        {
            Span<T> column = _sums.AsSpan(j * Capacity, _count);
            System.Numerics.Tensors.TensorPrimitives.Multiply(column, factor, column);
        }
    }

    /// <summary>‖gradient‖, the square root of the sum of all squares.</summary>
    public double Norm()
    {
        double norm = 0;
        for (int j = 0; j < columns; j++)
        {
            norm = double.Hypot(norm, EuclideanNorm<T>.Of(_sums.AsSpan(j * Capacity, _count)));
        }

        return norm;
    }

    /// <summary>Brings every number of the gradient within ±limit.</summary>
    /// <param name="limit">The limit, 0 or more.</param>
    public void Clamp(T limit)
    {
        for (int j = 0; j < columns; j++)
        {
            Span<T> column = _sums.AsSpan(j * Capacity, _count);
            ElementwisePass<T, ClampTo<T>>.Run(new(limit), column, column);
        }
    }

    /// <summary>An update of the rows that were named, with the gradient as input.</summary>
    /// <param name="operation">The update.</param>
    /// <param name="first">The first matrix that it changes, of the table's shape.</param>
    /// <param name="second">The second, empty where there is none.</param>
    /// <param name="third">The third, likewise.</param>
    public void Update<TOperation>(TOperation operation, Span<T> first, Span<T> second, Span<T> third) where TOperation : struct, IElementwiseOperation<T> =>
        RowsPass<T, TOperation>.Run(operation, _sums, Capacity, Rows, first, second, third, tableRows, columns);

    // Space for more rows, never more than the table has. What is there moves, since the stride grows.
    private void Reserve(int added)
    {
        if (_places.Length < added)
        {
            _places = new int[added];
        }

        int needed = (int)Math.Min((long)_count + added, tableRows);
        if (needed <= Capacity)
        {
            return;
        }

        int capacity = (int)Math.Min(Math.Max(needed, 2L * Capacity), tableRows);
        var sums = new T[checked(capacity * columns)];
        for (int j = 0; j < columns; j++)
        {
            _sums.AsSpan(j * Capacity, _count).CopyTo(sums.AsSpan(j * capacity));
        }

        _sums = sums;
        Array.Resize(ref _rows, capacity);
    }
}
