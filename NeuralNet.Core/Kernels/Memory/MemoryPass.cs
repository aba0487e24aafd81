using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using NeuralNet.Core.Kernels.Simd;
using NeuralNet.Core.Kernels.Threads;

namespace NeuralNet.Core.Kernels.Memory;

/// <summary>One pass of an <see cref="IMemoryFormula{T}"/> over the samples of a batch; a large one is shared among the threads.</summary>
/// <remarks>A sample's result depends on nothing around it: not on the samples beside it, and not on who computes it.</remarks>
internal sealed class MemoryPass<T, TFormula> : IParallelWork
    where T : unmanaged, IFloatingPointIeee754<T>
    where TFormula : struct, IMemoryFormula<T>
{
    // Samples in a piece of work: a whole vector of every width.
    private const int PieceRows = 16;

    // Elements below which sharing them with another thread costs more than it saves.
    private const int LeastShared = 8192;

    [ThreadStatic]
    private static MemoryPass<T, TFormula>? _ofThread;

    private TFormula _formula;
    private int _rows;

    /// <summary>Does the pass.</summary>
    /// <param name="formula">What is computed, with its memory, which is pinned.</param>
    /// <param name="rows">The samples.</param>
    /// <param name="length">Numbers that are read.</param>
    public static void Run(TFormula formula, int rows, long length)
    {
        MemoryPass<T, TFormula> pass = _ofThread ??= new MemoryPass<T, TFormula>();
        (pass._formula, pass._rows) = (formula, rows);
        WorkerPool.Shared.Run(pass, WorkPieces.Count(rows, PieceRows), length >= LeastShared);
    }

    /// <inheritdoc/>
    public void Do(int piece)
    {
        int first = piece * PieceRows, end = first + Math.Min(PieceRows, _rows - first);
        if (Processor.WidestVector == VectorWidth.Bits512)
        {
            Rows<Vector512<T>, Simd512<T>>(first, end);
        }
        else if (Processor.WidestVector == VectorWidth.Bits256)
        {
            Rows<Vector256<T>, Simd256<T>>(first, end);
        }
        else
        {
            Rows<Vector128<T>, Simd128<T>>(first, end);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Rows<TVector, TSimd>(int row, int end)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
    {
        TFormula formula = _formula;
        for (; row <= end - TSimd.Count; row += TSimd.Count)
        {
            formula.Apply<TVector, TSimd, No>(row, default);
        }

        if (row < end)
        {
            formula.Apply<TVector, TSimd, Yes>(row, TSimd.Mask(end - row));
        }
    }
}
