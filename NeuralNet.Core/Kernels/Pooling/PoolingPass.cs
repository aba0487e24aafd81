using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using NeuralNet.Core.Kernels.Simd;
using NeuralNet.Core.Kernels.Threads;
using NeuralNet.Core.Shapes;

namespace NeuralNet.Core.Kernels.Pooling;

/// <summary>The passes of a pooling over samples <c>[N×(C·P)]</c>, along the samples of a position, which lie side by side.</summary>
/// <remarks>Rows of the output are shared among the threads, on the way back the channels where windows overlap; each number is computed in one order.</remarks>
/// <typeparam name="T">The element.</typeparam>
/// <typeparam name="TMax">Whether the largest of a window is taken; otherwise the sum, divided.</typeparam>
internal sealed unsafe class PoolingPass<T, TMax> : IParallelWork
    where T : unmanaged, IFloatingPointIeee754<T>
    where TMax : struct, IFlag
{
    // Elements of the input in a piece of work: enough to be worth handing out.
    private const int PieceLength = 8 * 1024;

    [ThreadStatic]
    private static PoolingPass<T, TMax>? _ofThread;

    private PoolingShape _shape = null!;
    private T* _x;
    private T* _y;
    private T* _upstream;
    private T* _downstream;
    private T _divisor;
    private int _samples, _rows, _pieceRows;
    private bool _isBackward;

    /// <summary>Pools.</summary>
    /// <param name="shape">The sizes.</param>
    /// <param name="divisor">What sums are divided by; 0 for the number of inputs in each window.</param>
    /// <param name="x">The input.</param>
    /// <param name="y">The output.</param>
    /// <param name="samples">N.</param>
    public static void Forward(PoolingShape shape, T divisor, ReadOnlySpan<T> x, Span<T> y, int samples)
    {
        fixed (T* pX = x, pY = y)
        {
            PoolingPass<T, TMax> pass = Of(shape, divisor, samples, isBackward: false);
            pass._x = pX;
            pass._y = pY;
            pass.Share(1);
        }
    }

    /// <summary>The gradient by the input.</summary>
    /// <param name="shape">The sizes.</param>
    /// <param name="divisor">As forward.</param>
    /// <param name="x">The input; not read for sums.</param>
    /// <param name="y">The output; not read for sums.</param>
    /// <param name="upstream">The gradient by the output.</param>
    /// <param name="downstream">The gradient by the input; written.</param>
    /// <param name="samples">N.</param>
    public static void Backward(
        PoolingShape shape, T divisor, ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> upstream, Span<T> downstream, int samples)
    {
        fixed (T* pX = x, pY = y, pUpstream = upstream, pDownstream = downstream)
        {
            PoolingPass<T, TMax> pass = Of(shape, divisor, samples, isBackward: true);
            pass._x = pX;
            pass._y = pY;
            pass._upstream = pUpstream;
            pass._downstream = pDownstream;

            // Windows of different rows may add to the same input.
            pass.Share(shape.IsPartition ? 1 : shape.Output.Height);
        }
    }

    /// <inheritdoc/>
    public void Do(int piece)
    {
        int first = piece * _pieceRows, end = first + Math.Min(_pieceRows, _rows - first);
        if (_isBackward && !_shape.IsPartition)
        {
            nint plane = (nint)_shape.Input.Positions * _samples;
            int firstPlane = first / _shape.Output.Height, planes = (end / _shape.Output.Height) - firstPlane;
            for (int i = 0; i < planes; i++)
            {
                new Span<T>(_downstream + ((firstPlane + i) * plane), checked((int)plane)).Clear();
            }
        }

        for (int row = first; row < end; row++)
        {
            if (Processor.WidestVector == VectorWidth.Bits512)
            {
                Row<Vector512<T>, Simd512<T>>(row);
            }
            else if (Processor.WidestVector == VectorWidth.Bits256)
            {
                Row<Vector256<T>, Simd256<T>>(row);
            }
            else
            {
                Row<Vector128<T>, Simd128<T>>(row);
            }
        }
    }

    private static PoolingPass<T, TMax> Of(PoolingShape shape, T divisor, int samples, bool isBackward)
    {
        PoolingPass<T, TMax> pass = _ofThread ??= new PoolingPass<T, TMax>();
        (pass._shape, pass._divisor, pass._samples, pass._isBackward) = (shape, divisor, samples, isBackward);
        pass._rows = shape.Output.Channels * shape.Output.Height;
        return pass;
    }

    private void Share(int unit)
    {
        long elements = (long)_shape.Input.Size * _samples;
        if (elements > 0)
        {
            int units = _rows / unit;
            _pieceRows = unit * (int)Math.Clamp(PieceLength * (long)units / elements, 1, units);
            WorkerPool.Shared.Run(this, WorkPieces.Count(_rows, _pieceRows), elements >= 2 * PieceLength);
        }
    }

    // A row of the output, of all samples.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Row<TVector, TSimd>(int row)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
    {
        Window window = _shape.Window;
        SampleShape input = _shape.Input;
        int plane = row / _shape.Output.Height, top = (row % _shape.Output.Height * window.Stride.Height) - window.Padding.Height;
        int firstY = Math.Max(top, 0), height = Math.Min(top + window.Kernel.Height, input.Height) - firstY, outputs = _shape.Output.Width;
        nint rowStride = (nint)input.Width * _samples, start = (((nint)plane * input.Height) + firstY) * rowStride, output = (nint)row * outputs * _samples;
        for (int o = 0; o < outputs; o++)
        {
            int left = (o * window.Stride.Width) - window.Padding.Width, firstX = Math.Max(left, 0);
            int width = Math.Min(left + window.Kernel.Width, input.Width) - firstX;
            nint at = start + ((nint)firstX * _samples), to = output + ((nint)o * _samples);
            TVector divisor = TSimd.Create(_divisor == T.Zero ? T.CreateTruncating(width * height) : _divisor);
            int i = 0;
            if (!_isBackward)
            {
                for (; i <= _samples - TSimd.Count; i += TSimd.Count)
                {
                    Pool<TVector, TSimd, No>(at + i, to + i, rowStride, height, width, divisor, default);
                }

                if (i < _samples)
                {
                    Pool<TVector, TSimd, Yes>(at + i, to + i, rowStride, height, width, divisor, TSimd.Mask(_samples - i));
                }
            }
            else
            {
                for (; i <= _samples - TSimd.Count; i += TSimd.Count)
                {
                    Spread<TVector, TSimd, No>(at + i, to + i, rowStride, height, width, divisor, default);
                }

                if (i < _samples)
                {
                    Spread<TVector, TSimd, Yes>(at + i, to + i, rowStride, height, width, divisor, TSimd.Mask(_samples - i));
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Pool<TVector, TSimd, TMasked>(nint at, nint to, nint rowStride, int height, int width, TVector divisor, TVector mask)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
        where TMasked : struct, IFlag
    {
        T* x = _x + at;
        TVector result = TMax.Value ? Load<TVector, TSimd, TMasked>(x, mask) : default;
        for (int r = 0; r < height; r++)
        {
            T* element = x;
            for (int k = 0; k < width; k++)
            {
                TVector value = Load<TVector, TSimd, TMasked>(element, mask);
                result = TMax.Value ? TSimd.Max(result, value) : TSimd.Add(result, value);
                element += _samples;
            }

            x += rowStride;
        }

        Store<TVector, TSimd, TMasked>(_y + to, TMax.Value ? result : TSimd.Divide(result, divisor), mask);
    }

    // The inputs of a window that are as large as its largest share the gradient.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Spread<TVector, TSimd, TMasked>(nint at, nint to, nint rowStride, int height, int width, TVector divisor, TVector mask)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
        where TMasked : struct, IFlag
    {
        TVector largest = TMax.Value ? Load<TVector, TSimd, TMasked>(_y + to, mask) : default, one = TSimd.Create(T.One);
        if (TMax.Value)
        {
            divisor = default;
            T* row = _x + at;
            for (int r = 0; r < height; r++)
            {
                T* element = row;
                for (int k = 0; k < width; k++)
                {
                    divisor = TSimd.Add(divisor, TSimd.Select(TSimd.GreaterThan(largest, Load<TVector, TSimd, TMasked>(element, mask)), default, one));
                    element += _samples;
                }

                row += rowStride;
            }
        }

        TVector share = TSimd.Divide(Load<TVector, TSimd, TMasked>(_upstream + to, mask), divisor);
        bool isPartition = _shape.IsPartition;
        for (int r = 0; r < height; r++)
        {
            nint element = at + (r * rowStride);
            for (int k = 0; k < width; k++)
            {
                TVector part = TMax.Value
                    ? TSimd.Select(TSimd.GreaterThan(largest, Load<TVector, TSimd, TMasked>(_x + element, mask)), default, share)
                    : share;
                part = isPartition ? part : TSimd.Add(Load<TVector, TSimd, TMasked>(_downstream + element, mask), part);
                Store<TVector, TSimd, TMasked>(_downstream + element, part, mask);
                element += _samples;
            }
        }
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
