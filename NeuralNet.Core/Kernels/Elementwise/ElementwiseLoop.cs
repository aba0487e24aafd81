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
    /// <param name="outputs">What is written.</param>
    /// <param name="inputs">What is only read.</param>
    /// <param name="length">Elements of each.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(TOperation operation, in Arrays<T> outputs, in Arrays<T> inputs, int length)
    {
        if (Processor.WidestVector == VectorWidth.Bits512)
        {
            Loop<Vector512<T>, Simd512<T>>(operation, outputs, inputs, length);
        }
        else if (Processor.WidestVector == VectorWidth.Bits256)
        {
            Loop<Vector256<T>, Simd256<T>>(operation, outputs, inputs, length);
        }
        else
        {
            Loop<Vector128<T>, Simd128<T>>(operation, outputs, inputs, length);
        }
    }

    // The pointers are copied into locals: the arrays are written through pointers, so fields would be read anew for each vector.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Loop<TVector, TSimd>(TOperation operation, in Arrays<T> outputs, in Arrays<T> inputs, int length)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
    {
        Arrays<T> y = outputs, x = inputs;
        int i = 0;
        for (; i <= length - TSimd.Count; i += TSimd.Count)
        {
            Lanes<TVector> written = default, read = default;
            if (TOperation.ReadsOutputs)
            {
                Load<TVector, TSimd>(y, TOperation.Outputs, i, ref written);
            }

            Load<TVector, TSimd>(x, TOperation.Inputs, i, ref read);
            operation.Apply<TVector, TSimd>(ref written, read);
            TSimd.Store(y.First + i, written.First);
            if (TOperation.Outputs > 1)
            {
                TSimd.Store(y.Second + i, written.Second);
            }

            if (TOperation.Outputs > 2)
            {
                TSimd.Store(y.Third + i, written.Third);
            }

            if (TOperation.Outputs > 3)
            {
                TSimd.Store(y.Fourth + i, written.Fourth);
            }
        }

        if (i < length)
        {
            TVector mask = TSimd.Mask(length - i);
            Lanes<TVector> written = default, read = default;
            if (TOperation.ReadsOutputs)
            {
                Load<TVector, TSimd>(y, TOperation.Outputs, i, mask, ref written);
            }

            Load<TVector, TSimd>(x, TOperation.Inputs, i, mask, ref read);
            operation.Apply<TVector, TSimd>(ref written, read);
            TSimd.Store(y.First + i, written.First, mask);
            if (TOperation.Outputs > 1)
            {
                TSimd.Store(y.Second + i, written.Second, mask);
            }

            if (TOperation.Outputs > 2)
            {
                TSimd.Store(y.Third + i, written.Third, mask);
            }

            if (TOperation.Outputs > 3)
            {
                TSimd.Store(y.Fourth + i, written.Fourth, mask);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Load<TVector, TSimd>(in Arrays<T> arrays, int count, int i, ref Lanes<TVector> lanes)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
    {
        lanes.First = count > 0 ? TSimd.Load(arrays.First + i) : default;
        lanes.Second = count > 1 ? TSimd.Load(arrays.Second + i) : default;
        lanes.Third = count > 2 ? TSimd.Load(arrays.Third + i) : default;
        lanes.Fourth = count > 3 ? TSimd.Load(arrays.Fourth + i) : default;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Load<TVector, TSimd>(in Arrays<T> arrays, int count, int i, TVector mask, ref Lanes<TVector> lanes)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
    {
        lanes.First = count > 0 ? TSimd.Load(arrays.First + i, mask) : default;
        lanes.Second = count > 1 ? TSimd.Load(arrays.Second + i, mask) : default;
        lanes.Third = count > 2 ? TSimd.Load(arrays.Third + i, mask) : default;
        lanes.Fourth = count > 3 ? TSimd.Load(arrays.Fourth + i, mask) : default;
    }
}
