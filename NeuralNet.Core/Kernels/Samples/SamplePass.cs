using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using NeuralNet.Core.Kernels.Simd;
using NeuralNet.Core.Kernels.Threads;

namespace NeuralNet.Core.Kernels.Samples;

/// <summary>One pass of an <see cref="ISampleFormula{T}"/> over matrices <c>[N×C]</c> stored column after column; large ones are shared among
/// the threads.</summary>
/// <remarks>A row is not contiguous, but the same column of several samples is: so a vector holds one number for each of a few samples, and
/// goes over the columns. A sample's result does not depend on those around it, only on whether it is alone.</remarks>
internal sealed unsafe class SamplePass<T, TFormula> : IParallelWork
    where T : unmanaged, IFloatingPointIeee754<T>
    where TFormula : struct, ISampleFormula<T>
{
    // Samples in a piece of work: whole vectors of every width, and enough to be worth handing out.
    private const int PieceRows = 64;

    // Elements below which sharing them with another thread costs more than it saves.
    private const int LeastShared = 4096;

    [ThreadStatic]
    private static SamplePass<T, TFormula>? _ofThread;

    private TFormula _formula;
    private T* _first;
    private T* _second;
    private T* _target;
    private int _rows, _columns;

    /// <summary>Does the pass; nothing where the matrices are empty. All have the same length, a multiple of N.</summary>
    /// <param name="formula">What is computed.</param>
    /// <param name="rows">Rows of the matrices, N.</param>
    /// <param name="first">The first matrix.</param>
    /// <param name="second">The second, empty where the formula has none.</param>
    /// <param name="target">What is written.</param>
    public static void Run(TFormula formula, int rows, ReadOnlySpan<T> first, ReadOnlySpan<T> second, Span<T> target)
    {
        if (target.IsEmpty)
        {
            return;
        }

        fixed (T* pFirst = first, pSecond = second, pTarget = target)
        {
            SamplePass<T, TFormula> pass = _ofThread ??= new SamplePass<T, TFormula>();
            pass._formula = formula;
            pass._first = pFirst;
            pass._second = pSecond;
            pass._target = pTarget;
            (pass._rows, pass._columns) = (rows, target.Length / rows);
            WorkerPool.Shared.Run(pass, WorkPieces.Count(rows, PieceRows), target.Length >= LeastShared);
        }
    }

    /// <inheritdoc/>
    public void Do(int piece)
    {
        int first = piece * PieceRows, count = Math.Min(PieceRows, _rows - first);
        if (Processor.WidestVector == VectorWidth.Bits512)
        {
            Samples<Vector512<T>, Simd512<T>>(first, count);
        }
        else if (Processor.WidestVector == VectorWidth.Bits256)
        {
            Samples<Vector256<T>, Simd256<T>>(first, count);
        }
        else
        {
            Samples<Vector128<T>, Simd128<T>>(first, count);
        }
    }

    private void Samples<TVector, TSimd>(int first, int count)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
    {
        if (_rows == 1)
        {
            int rest = _columns % TSimd.Count;
            Apply<TVector, TSimd, No, Yes>(0, TSimd.Count, _columns / TSimd.Count, TSimd.Mask(rest), rest);
            return;
        }

        int done = 0;
        for (; done <= count - TSimd.Count; done += TSimd.Count)
        {
            Apply<TVector, TSimd, No, No>(first + done, _rows, _columns, default, TSimd.Count);
        }

        if (done < count)
        {
            Apply<TVector, TSimd, Yes, No>(first + done, _rows, _columns, TSimd.Mask(count - done), count - done);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Apply<TVector, TSimd, TMasked, TAcross>(int row, nint stride, nint steps, TVector mask, int count)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
        where TMasked : struct, IFlag
        where TAcross : struct, IFlag
    {
        var samples = new SampleVector<T, TVector, TSimd, TMasked, TAcross>(stride, steps, mask, count);
        _formula.Apply(samples, _first + row, _second + row, _target + row, row);
    }
}
