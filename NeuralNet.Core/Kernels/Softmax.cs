using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using NeuralNet.Core.Kernels.Gemm;
using NeuralNet.Core.Kernels.Simd;
using NeuralNet.Core.Kernels.Threads;

namespace NeuralNet.Core.Kernels;

/// <summary>Softmax with cross-entropy over the rows of a matrix <c>[N×C]</c> stored column after column.</summary>
/// <remarks>A row is not contiguous, but the same column of several samples is: so a vector holds one number for each of a few samples, and
/// goes over the columns.</remarks>
internal sealed unsafe class Softmax<T> : IParallelWork where T : unmanaged, IFloatingPointIeee754<T>
{
    // Samples in a piece of work: whole vectors of every width, and enough to be worth handing out.
    private const int PieceRows = 64;

    // Elements below which sharing them with another thread costs more than it saves.
    private const int LeastShared = 4096;

    [ThreadStatic]
    private static Softmax<T>? _ofThread;

    private T[] _losses = [];
    private T* _logits;
    private T* _difference;
    private int* _labels;
    private int _rows, _classes;

    /// <summary>The mean over the rows of <c>log Σ_k e^s_ik − s_i,y(i)</c>.</summary>
    /// <param name="logits">s.</param>
    /// <param name="labels">y, checked.</param>
    /// <param name="difference">Receives <c>p_ij − [j = y(i)]</c>, the gradient times N.</param>
    public static T CrossEntropy(ReadOnlySpan<T> logits, ReadOnlySpan<int> labels, Span<T> difference)
    {
        fixed (T* pLogits = logits, pDifference = difference)
        {
            fixed (int* pLabels = labels)
            {
                return (_ofThread ??= new Softmax<T>()).MeanLoss(pLogits, pLabels, pDifference, labels.Length, logits.Length / labels.Length);
            }
        }
    }

    /// <inheritdoc/>
    public void Do(int piece)
    {
        int first = piece * PieceRows, end = Math.Min(first + PieceRows, _rows);
        _losses[piece] = Processor.WidestVector switch
        {
            VectorWidth.Bits512 => Losses<Vector512<T>, Simd512<T>>(first, end),
            VectorWidth.Bits256 => Losses<Vector256<T>, Simd256<T>>(first, end),
            _ => Losses<Vector128<T>, Simd128<T>>(first, end),
        };
    }

    private T MeanLoss(T* logits, int* labels, T* difference, int rows, int classes)
    {
        _logits = logits;
        _labels = labels;
        _difference = difference;
        (_rows, _classes) = (rows, classes);
        int pieces = ((rows - 1) / PieceRows) + 1;
        if (_losses.Length < pieces)
        {
            _losses = new T[pieces];
        }

        WorkerPool.Shared.Run(this, pieces, (long)rows * classes >= LeastShared);

        // In the order of the pieces, whoever did them: the same bits at any number of threads.
        T sum = T.Zero;
        for (int piece = 0; piece < pieces; piece++)
        {
            sum += _losses[piece];
        }

        return sum / T.CreateTruncating(rows);
    }

    private T Losses<TVector, TSimd>(int first, int end)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
    {
        T sum = T.Zero;
        for (int row = first; row < end; row += TSimd.Count)
        {
            sum += end - row >= TSimd.Count
                ? LossesOfVector<TVector, TSimd, No>(row, TSimd.Count)
                : LossesOfVector<TVector, TSimd, Yes>(row, end - row);
        }

        return sum;
    }

    // The samples from a row on, as many as a vector has elements, or fewer under a mask.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private T LossesOfVector<TVector, TSimd, TMasked>(int row, int count)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
        where TMasked : struct, IFlag
    {
        TVector mask = TMasked.Value ? TSimd.Mask(count) : default;
        T* logits = _logits + row, difference = _difference + row, endOfLogits = logits + ((nint)_rows * _classes);
        TVector maximum = Load<TVector, TSimd, TMasked>(logits, mask);
        for (T* column = logits + _rows; column < endOfLogits; column += _rows)
        {
            maximum = TSimd.Max(maximum, Load<TVector, TSimd, TMasked>(column, mask));
        }

        TVector sum = default;
        T* target = difference;
        for (T* column = logits; column < endOfLogits; column += _rows, target += _rows)
        {
            TVector exp = TSimd.Exp(TSimd.Subtract(Load<TVector, TSimd, TMasked>(column, mask), maximum));
            sum = TSimd.Add(sum, exp);
            Store<TVector, TSimd, TMasked>(target, exp, mask);
        }

        for (T* column = difference; column < target; column += _rows)
        {
            Store<TVector, TSimd, TMasked>(column, TSimd.Divide(Load<TVector, TSimd, TMasked>(column, mask), sum), mask);
        }

        T* logSums = stackalloc T[TSimd.Count], maxima = stackalloc T[TSimd.Count];
        TSimd.Store(logSums, TSimd.Log(sum));
        TSimd.Store(maxima, maximum);
        T loss = T.Zero;
        for (int i = 0; i < count; i++)
        {
            nint index = i + ((nint)_labels[row + i] * _rows);
            loss += logSums[i] + (maxima[i] - logits[index]);
            difference[index] -= T.One;
        }

        return loss;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Load<TVector, TSimd, TMasked>(T* source, TVector mask)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
        where TMasked : struct, IFlag => TMasked.Value ? TSimd.Load(source, mask) : TSimd.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TVector, TSimd, TMasked>(T* target, TVector value, TVector mask)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
        where TMasked : struct, IFlag
    {
        if (TMasked.Value)
        {
            TSimd.Store(target, value, mask);
        }
        else
        {
            TSimd.Store(target, value);
        }
    }
}
