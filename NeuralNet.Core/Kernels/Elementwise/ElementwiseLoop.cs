using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels.Elementwise;

/// <summary>The loop of an <see cref="IElementwiseOperation{T}"/> over a stretch of its arrays, in the widest vectors, on one thread.</summary>
internal static unsafe class ElementwiseLoop<T, TOperation>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TOperation : struct, IElementwiseOperation<T>
{
    /// <summary>Does the operation.</summary>
    /// <param name="operation">The operation with its factors.</param>
    /// <param name="x">What is only read.</param>
    /// <param name="y">What is written.</param>
    /// <param name="length">Elements of each.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(TOperation operation, Arrays<T> x, Arrays<T> y, int length)
    {
        if (Processor.WidestVector == VectorWidth.Bits512)
        {
            Loop<Vector512<T>, Simd512<T>>(operation, x.First, x.Second, y.First, y.Second, y.Third, length);
        }
        else if (Processor.WidestVector == VectorWidth.Bits256)
        {
            Loop<Vector256<T>, Simd256<T>>(operation, x.First, x.Second, y.First, y.Second, y.Third, length);
        }
        else
        {
            Loop<Vector128<T>, Simd128<T>>(operation, x.First, x.Second, y.First, y.Second, y.Third, length);
        }
    }

    // Pointers and no structures of them: the arrays are written through pointers, so fields would be read anew for each vector.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Loop<TVector, TSimd>(TOperation operation, T* x1, T* x2, T* y1, T* y2, T* y3, int length)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
    {
        int i = 0;
        if (TOperation.IsCostly && TOperation.Outputs == 1 && !TOperation.ReadsOutputs)
        {
            // Two vectors at a time, both read before one is written: where an output lies a multiple of 4096 bytes from an input, the CPU
            // takes the next read for one of what is being written, and waits for the whole chain of operations before it.
            for (; i <= length - (2 * TSimd.Count); i += 2 * TSimd.Count)
            {
                int j = i + TSimd.Count;
                TVector input = TSimd.Load(x1 + i), nextInput = TSimd.Load(x1 + j);
                TVector secondInput = TOperation.Inputs > 1 ? TSimd.Load(x2 + i) : default, nextSecondInput = TOperation.Inputs > 1 ? TSimd.Load(x2 + j) : default;
                TVector output = default, nextOutput = default, unused = default;
                operation.Apply<TVector, TSimd>(input, secondInput, ref output, ref unused, ref unused);
                operation.Apply<TVector, TSimd>(nextInput, nextSecondInput, ref nextOutput, ref unused, ref unused);
                TSimd.Store(y1 + i, output);
                TSimd.Store(y1 + j, nextOutput);
            }
        }

        for (; i <= length - TSimd.Count; i += TSimd.Count)
        {
            TVector input = TSimd.Load(x1 + i);
            TVector secondInput = TOperation.Inputs > 1 ? TSimd.Load(x2 + i) : default;
            TVector output = TOperation.ReadsOutputs ? TSimd.Load(y1 + i) : default;
            TVector secondOutput = TOperation.ReadsOutputs && TOperation.Outputs > 1 ? TSimd.Load(y2 + i) : default;
            TVector thirdOutput = TOperation.ReadsOutputs && TOperation.Outputs > 2 ? TSimd.Load(y3 + i) : default;
            operation.Apply<TVector, TSimd>(input, secondInput, ref output, ref secondOutput, ref thirdOutput);
            TSimd.Store(y1 + i, output);
            if (TOperation.Outputs > 1)
            {
                TSimd.Store(y2 + i, secondOutput);
            }

            if (TOperation.Outputs > 2)
            {
                TSimd.Store(y3 + i, thirdOutput);
            }
        }

        if (i < length)
        {
            TVector mask = TSimd.Mask(length - i);
            TVector input = TSimd.Load(x1 + i, mask);
            TVector secondInput = TOperation.Inputs > 1 ? TSimd.Load(x2 + i, mask) : default;
            TVector output = TOperation.ReadsOutputs ? TSimd.Load(y1 + i, mask) : default;
            TVector secondOutput = TOperation.ReadsOutputs && TOperation.Outputs > 1 ? TSimd.Load(y2 + i, mask) : default;
            TVector thirdOutput = TOperation.ReadsOutputs && TOperation.Outputs > 2 ? TSimd.Load(y3 + i, mask) : default;
            operation.Apply<TVector, TSimd>(input, secondInput, ref output, ref secondOutput, ref thirdOutput);
            TSimd.Store(y1 + i, output, mask);
            if (TOperation.Outputs > 1)
            {
                TSimd.Store(y2 + i, secondOutput, mask);
            }

            if (TOperation.Outputs > 2)
            {
                TSimd.Store(y3 + i, thirdOutput, mask);
            }
        }
    }
}
