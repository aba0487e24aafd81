using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using NeuralNet.Core.Kernels.Simd;
using NeuralNet.Core.Kernels.Threads;

namespace NeuralNet.Core.Kernels.Reductions;

/// <summary><c>Σ x²</c>: sums of pieces in vectors, which are added in double, in order. So the bits depend neither on the number of threads
/// nor on where the memory lies.</summary>
internal sealed unsafe class SquareSum<T> : IParallelWork where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int PieceLength = 8 * 1024;

    [ThreadStatic]
    private static SquareSum<T>? _ofThread;

    private T* _x;
    private int _length;
    private double[] _sums = [];

    /// <summary>The sum of the squares; ∞ where a square, or the sum of some thousand, is too large for T.</summary>
    /// <param name="x">The numbers.</param>
    public static double Of(ReadOnlySpan<T> x)
    {
        int pieces = WorkPieces.Count(x.Length, PieceLength);
        SquareSum<T> work = _ofThread ??= new SquareSum<T>();
        if (work._sums.Length < pieces)
        {
            work._sums = new double[pieces];
        }

        fixed (T* pX = x)
        {
            work._x = pX;
            work._length = x.Length;
            WorkerPool.Shared.Run(work, pieces, pieces > 1);
        }

        double sum = 0;
        foreach (double part in work._sums.AsSpan(0, pieces))
        {
            sum += part;
        }

        return sum;
    }

    /// <inheritdoc/>
    public void Do(int piece)
    {
        int first = piece * PieceLength, length = Math.Min(PieceLength, _length - first);
        _sums[piece] = double.CreateTruncating(
            Processor.WidestVector == VectorWidth.Bits512 ? Sum<Vector512<T>, Simd512<T>>(_x + first, length)
            : Processor.WidestVector == VectorWidth.Bits256 ? Sum<Vector256<T>, Simd256<T>>(_x + first, length)
            : Sum<Vector128<T>, Simd128<T>>(_x + first, length));
    }

    // Four sums, so that no addition waits for the one before.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static T Sum<TVector, TSimd>(T* x, int length)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
    {
        TVector a = TSimd.Create(T.Zero), b = a, c = a, d = a;
        int i = 0, count = TSimd.Count;
        for (; i <= length - (4 * count); i += 4 * count)
        {
            TVector first = TSimd.Load(x + i), second = TSimd.Load(x + i + count);
            TVector third = TSimd.Load(x + i + (2 * count)), fourth = TSimd.Load(x + i + (3 * count));
            a = TSimd.MultiplyAdd(first, first, a);
            b = TSimd.MultiplyAdd(second, second, b);
            c = TSimd.MultiplyAdd(third, third, c);
            d = TSimd.MultiplyAdd(fourth, fourth, d);
        }

        for (; i < length; i += count)
        {
            TVector rest = length - i >= count ? TSimd.Load(x + i) : TSimd.Load(x + i, TSimd.Mask(length - i));
            a = TSimd.MultiplyAdd(rest, rest, a);
        }

        return TSimd.Sum(TSimd.Add(TSimd.Add(a, b), TSimd.Add(c, d)));
    }
}
