using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using NeuralNet.Core.Kernels.Simd;
using NeuralNet.Core.Kernels.Threads;

namespace NeuralNet.Core.Kernels.Elementwise;

/// <summary>One pass of an <see cref="IElementwiseOperation{T}"/> over arrays of equal length; long ones are shared among the threads.</summary>
internal sealed unsafe class ElementwisePass<T, TOperation> : IParallelWork
    where T : unmanaged, IFloatingPointIeee754<T>
    where TOperation : struct, IElementwiseOperation<T>
{
    [ThreadStatic]
    private static ElementwisePass<T, TOperation>? _ofThread;

    private T* _target;
    private T* _second;
    private T* _source;
    private T _factor;
    private T _secondFactor;
    private int _length;

    /// <summary>Does the pass.</summary>
    /// <param name="target">What is written, and read where the operation does; may be the source.</param>
    /// <param name="second">The second array, empty where the operation has none.</param>
    /// <param name="source">What is read.</param>
    /// <param name="factor">A number for all elements.</param>
    /// <param name="secondFactor">Another.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Run(Span<T> target, ReadOnlySpan<T> second, ReadOnlySpan<T> source, T factor = default, T secondFactor = default)
    {
        if (source.Length != target.Length || (TOperation.HasSecond && second.Length != target.Length))
        {
            ThrowLengths(target.Length, second.Length, source.Length);
        }

        fixed (T* pTarget = target, pSecond = second, pSource = source)
        {
            if (target.Length < 2 * TOperation.PieceLength)
            {
                Widest(pTarget, pSecond, pSource, factor, secondFactor, target.Length);
                return;
            }

            ElementwisePass<T, TOperation> pass = _ofThread ??= new ElementwisePass<T, TOperation>();
            pass._target = pTarget;
            pass._second = pSecond;
            pass._source = pSource;
            (pass._factor, pass._secondFactor, pass._length) = (factor, secondFactor, target.Length);
            WorkerPool.Shared.Run(pass, ((target.Length - 1) / TOperation.PieceLength) + 1);
        }
    }

    /// <inheritdoc/>
    public void Do(int piece)
    {
        int first = piece * TOperation.PieceLength;
        T* second = TOperation.HasSecond ? _second + first : null;
        Widest(_target + first, second, _source + first, _factor, _secondFactor, Math.Min(TOperation.PieceLength, _length - first));
    }

    private static void ThrowLengths(int target, int second, int source) => throw new ArgumentException(
        $"Element-wise operations need spans of equal length, got {source} and {(TOperation.HasSecond ? $"{second} for " : "")}{target}.");

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Widest(T* target, T* second, T* source, T factor, T secondFactor, int length)
    {
        if (Processor.WidestVector == VectorWidth.Bits512)
        {
            Loop<Vector512<T>, Simd512<T>>(target, second, source, factor, secondFactor, length);
        }
        else if (Processor.WidestVector == VectorWidth.Bits256)
        {
            Loop<Vector256<T>, Simd256<T>>(target, second, source, factor, secondFactor, length);
        }
        else
        {
            Loop<Vector128<T>, Simd128<T>>(target, second, source, factor, secondFactor, length);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Loop<TVector, TSimd>(T* target, T* second, T* source, T factor, T secondFactor, int length)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
    {
        TVector factors = TSimd.Create(factor), secondFactors = TSimd.Create(secondFactor);
        int i = 0;
        for (; i <= length - TSimd.Count; i += TSimd.Count)
        {
            TVector x = TOperation.ReadsTarget ? TSimd.Load(target + i) : default;
            TVector y = TOperation.HasSecond ? TSimd.Load(second + i) : default;
            TOperation.Apply<TVector, TSimd>(ref x, ref y, TSimd.Load(source + i), factors, secondFactors);
            TSimd.Store(target + i, x);
            if (TOperation.WritesSecond)
            {
                TSimd.Store(second + i, y);
            }
        }

        if (i < length)
        {
            TVector mask = TSimd.Mask(length - i);
            TVector x = TOperation.ReadsTarget ? TSimd.Load(target + i, mask) : default;
            TVector y = TOperation.HasSecond ? TSimd.Load(second + i, mask) : default;
            TOperation.Apply<TVector, TSimd>(ref x, ref y, TSimd.Load(source + i, mask), factors, secondFactors);
            TSimd.Store(target + i, x, mask);
            if (TOperation.WritesSecond)
            {
                TSimd.Store(second + i, y, mask);
            }
        }
    }
}
