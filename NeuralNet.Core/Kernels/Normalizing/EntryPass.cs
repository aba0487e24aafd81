using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using NeuralNet.Core.Kernels.Simd;
using NeuralNet.Core.Kernels.Threads;

namespace NeuralNet.Core.Kernels.Normalizing;

/// <summary>One pass of an <see cref="IEntryFormula{T}"/> over matrices <c>[N×C]</c> stored column after column; large ones are shared among the threads.</summary>
/// <remarks>Always along a column, which is contiguous: what belongs to a column is the same for all vectors of it, and what belongs to a row is read beside
/// it. Sums of rows are made of parts, blocks of rows and columns whose size depends on nothing, which are added in order; so no bit depends on the threads.</remarks>
/// <typeparam name="T">The element.</typeparam>
/// <typeparam name="TFormula">What is computed.</typeparam>
/// <typeparam name="TByRow">Whether the formula's numbers are those of a row and a column has scale and shift; otherwise they are a column's.</typeparam>
/// <typeparam name="TSumsRows">Whether the sums are those of rows; otherwise of columns.</typeparam>
internal sealed unsafe class EntryPass<T, TFormula, TByRow, TSumsRows> : IParallelWork
    where T : unmanaged, IFloatingPointIeee754<T>
    where TFormula : struct, IEntryFormula<T>
    where TByRow : struct, IFlag
    where TSumsRows : struct, IFlag
{
    // Elements of a piece of columns: enough to be worth handing out.
    private const int PieceLength = 8 * 1024;

    // Rows and columns of a part of the sums of rows: the sums stay in the first-level cache while the columns pass by.
    private const int BlockRows = 256, BlockColumns = 64;

    // Elements below which sharing them with another thread costs more than it saves.
    private const int LeastShared = 16 * 1024;

    [ThreadStatic]
    private static EntryPass<T, TFormula, TByRow, TSumsRows>? _ofThread;

    private T[] _parts = [];
    private T* _first;
    private T* _second;
    private T* _target;
    private T* _numbers;
    private T* _scale;
    private T* _shift;
    private T* _sums;
    private T* _furtherSums;
    private int _rows, _columns, _blocks, _pieceColumns;

    /// <summary>Does the pass; nothing where the matrices are empty, but that the sums are zeros.</summary>
    /// <param name="rows">N.</param>
    /// <param name="columns">C.</param>
    /// <param name="first">The first matrix.</param>
    /// <param name="second">The second, empty where the formula has none.</param>
    /// <param name="target">What is written, empty where nothing is; may be one of the others.</param>
    /// <param name="numbers">The formula's numbers: the first of all lines (columns, or rows), then the second of all, and so on.</param>
    /// <param name="sums">Receives the sums: the first of all lines, then the second.</param>
    /// <param name="scale">A factor for each column, by row only; empty for ones.</param>
    /// <param name="shift">A term for each column, by row only; empty for zeros.</param>
    public static void Run(
        int rows, int columns, ReadOnlySpan<T> first, ReadOnlySpan<T> second, Span<T> target, ReadOnlySpan<T> numbers, Span<T> sums,
        ReadOnlySpan<T> scale = default, ReadOnlySpan<T> shift = default)
    {
        if (first.IsEmpty)
        {
            sums.Clear();
            return;
        }

        EntryPass<T, TFormula, TByRow, TSumsRows> pass = _ofThread ??= new EntryPass<T, TFormula, TByRow, TSumsRows>();
        (pass._rows, pass._columns) = (rows, columns);
        pass._blocks = TSumsRows.Value ? WorkPieces.Count(rows, BlockRows) : 1;
        pass._pieceColumns = TSumsRows.Value ? BlockColumns : Math.Max(1, PieceLength / rows);
        int groups = WorkPieces.Count(columns, pass._pieceColumns);
        Span<T> parts = TSumsRows.Value ? pass.Parts(checked((groups - 1) * sums.Length)) : default;
        fixed (T* pFirst = first, pSecond = second, pTarget = target, pNumbers = numbers)
        {
            fixed (T* pScale = scale, pShift = shift, pSums = sums, pParts = parts)
            {
                pass._first = pFirst;
                pass._second = pSecond;
                pass._target = pTarget;
                pass._numbers = pNumbers;
                pass._scale = pScale;
                pass._shift = pShift;
                pass._sums = pSums;
                pass._furtherSums = pParts;
                WorkerPool.Shared.Run(pass, checked(groups * pass._blocks), first.Length >= LeastShared);
            }
        }

        for (int group = 0; group < groups - 1 && TSumsRows.Value; group++)
        {
            TensorPrimitives.Add(sums, parts.Slice(group * sums.Length, sums.Length), sums);
        }
    }

    /// <inheritdoc/>
    public void Do(int piece)
    {
        int group = piece / _blocks, row = piece % _blocks * BlockRows, column = group * _pieceColumns;
        int columns = Math.Min(_pieceColumns, _columns - column), rows = TSumsRows.Value ? Math.Min(BlockRows, _rows - row) : _rows;
        T* sums = null;
        if (TSumsRows.Value)
        {
            sums = (group == 0 ? _sums : _furtherSums + ((nint)(group - 1) * TFormula.Sums * _rows)) + row;
            for (int k = 0; k < TFormula.Sums; k++)
            {
                new Span<T>(sums + ((nint)k * _rows), rows).Clear();
            }
        }

        for (int end = column + columns; column < end; column++)
        {
            if (Processor.WidestVector == VectorWidth.Bits512)
            {
                Column<Vector512<T>, Simd512<T>>(column, row, rows, sums);
            }
            else if (Processor.WidestVector == VectorWidth.Bits256)
            {
                Column<Vector256<T>, Simd256<T>>(column, row, rows, sums);
            }
            else
            {
                Column<Vector128<T>, Simd128<T>>(column, row, rows, sums);
            }
        }
    }

    // Two vectors at a time with sums of their own, since one addition must wait for the one before it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Column<TVector, TSimd>(int column, int row, int rows, T* sums)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
    {
        nint start = ((nint)column * _rows) + row, lines = TByRow.Value ? _rows : _columns;
        T* x = _first + start, y = _second + start, target = _target + start;
        T* n0 = _numbers + (TByRow.Value ? row : column), n1 = n0 + lines, n2 = n1 + lines, n3 = n2 + lines, secondSums = sums + _rows;
        TVector p = Number<TVector, TSimd>(0, n0), q = Number<TVector, TSimd>(1, n1), r = Number<TVector, TSimd>(2, n2), s = Number<TVector, TSimd>(3, n3);
        TVector scale = TByRow.Value ? TSimd.Create(_scale is null ? T.One : _scale[column]) : default;
        TVector shift = TByRow.Value ? TSimd.Create(_shift is null ? T.Zero : _shift[column]) : default;
        TVector sum = default, secondSum = default, otherSum = default, otherSecondSum = default, all = default;
        int i = 0;
        for (; i <= rows - (2 * TSimd.Count); i += 2 * TSimd.Count)
        {
            Step<TVector, TSimd, No>(i, all, x, y, target, n0, n1, n2, n3, p, q, r, s, scale, shift, sums, secondSums, ref sum, ref secondSum);
            Step<TVector, TSimd, No>(i + TSimd.Count, all, x, y, target, n0, n1, n2, n3, p, q, r, s, scale, shift, sums, secondSums, ref otherSum, ref otherSecondSum);
        }

        for (; i <= rows - TSimd.Count; i += TSimd.Count)
        {
            Step<TVector, TSimd, No>(i, all, x, y, target, n0, n1, n2, n3, p, q, r, s, scale, shift, sums, secondSums, ref sum, ref secondSum);
        }

        if (i < rows)
        {
            Step<TVector, TSimd, Yes>(
                i, TSimd.Mask(rows - i), x, y, target, n0, n1, n2, n3, p, q, r, s, scale, shift, sums, secondSums, ref otherSum, ref otherSecondSum);
        }

        if (!TSumsRows.Value && TFormula.Sums > 0)
        {
            _sums[column] = TSimd.Sum(TSimd.Add(sum, otherSum));
            if (TFormula.Sums > 1)
            {
                _sums[_columns + column] = TSimd.Sum(TSimd.Add(secondSum, otherSecondSum));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step<TVector, TSimd, TMasked>(
        int i, TVector mask, T* x, T* y, T* target, T* n0, T* n1, T* n2, T* n3, TVector p, TVector q, TVector r, TVector s, TVector scale, TVector shift,
        T* sums, T* secondSums, ref TVector sum, ref TVector secondSum)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
        where TMasked : struct, IFlag
    {
        TVector vx = Lanes<T, TVector, TSimd, TMasked>.Load(x + i, mask);
        TVector vy = TFormula.HasSecond ? Lanes<T, TVector, TSimd, TMasked>.Load(y + i, mask) : default;
        if (TByRow.Value)
        {
            p = TFormula.Numbers > 0 ? Lanes<T, TVector, TSimd, TMasked>.Load(n0 + i, mask) : default;
            q = TFormula.Numbers > 1 ? Lanes<T, TVector, TSimd, TMasked>.Load(n1 + i, mask) : default;
            r = TFormula.Numbers > 2 ? Lanes<T, TVector, TSimd, TMasked>.Load(n2 + i, mask) : default;
            s = TFormula.Numbers > 3 ? Lanes<T, TVector, TSimd, TMasked>.Load(n3 + i, mask) : default;
        }

        TVector next = TSumsRows.Value ? Lanes<T, TVector, TSimd, TMasked>.Load(sums + i, mask) : sum;
        TVector secondNext = !TSumsRows.Value ? secondSum : TFormula.Sums > 1 ? Lanes<T, TVector, TSimd, TMasked>.Load(secondSums + i, mask) : default;
        TVector result = TFormula.Apply<TVector, TSimd>(vx, vy, p, q, r, s, scale, shift, ref next, ref secondNext);
        if (TFormula.Writes)
        {
            Lanes<T, TVector, TSimd, TMasked>.Store(target + i, result, mask);
        }

        if (TSumsRows.Value)
        {
            Lanes<T, TVector, TSimd, TMasked>.Store(sums + i, next, mask);
            if (TFormula.Sums > 1)
            {
                Lanes<T, TVector, TSimd, TMasked>.Store(secondSums + i, secondNext, mask);
            }
        }
        else
        {
            sum = TMasked.Value ? TSimd.Select(mask, next, sum) : next;
            secondSum = TMasked.Value ? TSimd.Select(mask, secondNext, secondSum) : secondNext;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Number<TVector, TSimd>(int index, T* number)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T> => !TByRow.Value && TFormula.Numbers > index ? TSimd.Create(*number) : default;

    private Span<T> Parts(int length)
    {
        if (_parts.Length < length)
        {
            _parts = new T[length];
        }

        return _parts.AsSpan(0, length);
    }
}
