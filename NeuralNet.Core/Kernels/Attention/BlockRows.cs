using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using NeuralNet.Core.Kernels.Samples;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Attention;

/// <summary>A formula over the rows of a block, <c>[rows×columns]</c> with a stride, by the calling thread: rows side by side in a vector.</summary>
internal static unsafe class BlockRows<T, TFormula>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TFormula : struct, ISampleFormula<T>
{
    /// <summary>Does it.</summary>
    /// <param name="first">The first matrix.</param>
    /// <param name="second">The second, or null.</param>
    /// <param name="target">What is written.</param>
    /// <param name="rows">Rows, 1 or more.</param>
    /// <param name="columns">Columns, 1 or more.</param>
    /// <param name="stride">Elements from one column to the next, in all of them.</param>
    public static void Run(T* first, T* second, T* target, int rows, int columns, nint stride)
    {
        if (Processor.WidestVector == VectorWidth.Bits512)
        {
            Run<Vector512<T>, Simd512<T>>(first, second, target, rows, columns, stride);
        }
        else if (Processor.WidestVector == VectorWidth.Bits256)
        {
            Run<Vector256<T>, Simd256<T>>(first, second, target, rows, columns, stride);
        }
        else
        {
            Run<Vector128<T>, Simd128<T>>(first, second, target, rows, columns, stride);
        }
    }

    private static void Run<TVector, TSimd>(T* first, T* second, T* target, int rows, int columns, nint stride)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
    {
        if (rows == 1 && stride == 1)
        {
            int rest = columns % TSimd.Count;
            Apply<TVector, TSimd, No, Yes>(first, second, target, 0, TSimd.Count, columns / TSimd.Count, TSimd.Mask(rest), rest);
            return;
        }

        int done = 0;
        for (; done <= rows - TSimd.Count; done += TSimd.Count)
        {
            Apply<TVector, TSimd, No, No>(first, second, target, done, stride, columns, default, TSimd.Count);
        }

        if (done < rows)
        {
            Apply<TVector, TSimd, Yes, No>(first, second, target, done, stride, columns, TSimd.Mask(rows - done), rows - done);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Apply<TVector, TSimd, TMasked, TAcross>(T* first, T* second, T* target, int row, nint stride, nint steps, TVector mask, int count)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
        where TMasked : struct, IFlag
        where TAcross : struct, IFlag
    {
        var samples = new SampleVector<T, TVector, TSimd, TMasked, TAcross>(stride, steps, mask, count);
        default(TFormula).Apply(samples, first + row, second + row, target + row, row);
    }
}
