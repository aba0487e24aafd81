using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using NeuralNet.Core.Kernels.Simd;
using NeuralNet.Core.Kernels.Threads;

namespace NeuralNet.Core.Kernels.Attention;

/// <summary>Turns pairs of columns of each panel by the angles of their steps, in place: <c>(x, y) ← (x·cos − y·sin, x·sin + y·cos)</c>, or back.</summary>
internal sealed unsafe class Rotation<T> : IParallelWork where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int LeastShared = 32 * 1024;

    [ThreadStatic]
    private static Rotation<T>? _ofThread;

    private T* _panels, _cosines, _sines;
    private nint _stride, _panelStep, _tableStride;
    private int _length, _pairs;
    private bool _isBack;

    /// <summary>Turns.</summary>
    /// <param name="panels">From the first step that is turned in the first panel on.</param>
    /// <param name="count">Panels.</param>
    /// <param name="length">Steps of each.</param>
    /// <param name="width">Columns of each, an even number.</param>
    /// <param name="stride">Elements from one column of a panel to the next.</param>
    /// <param name="panelStep">Elements from one panel to the next.</param>
    /// <param name="cosines">The cosine for each step and pair, a column for each pair, from the first step on.</param>
    /// <param name="sines">The sines.</param>
    /// <param name="tableStride">Elements from one column of these to the next.</param>
    /// <param name="isBack">Whether by the angle's negative.</param>
    public static void Run(T* panels, int count, int length, int width, nint stride, nint panelStep, T* cosines, T* sines, nint tableStride, bool isBack)
    {
        Rotation<T> work = _ofThread ??= new Rotation<T>();
        work._panels = panels;
        work._cosines = cosines;
        work._sines = sines;
        (work._stride, work._panelStep, work._tableStride) = (stride, panelStep, tableStride);
        (work._length, work._pairs, work._isBack) = (length, width / 2, isBack);
        WorkerPool.Shared.Run(work, count, (long)count * length * width >= LeastShared);
    }

    /// <inheritdoc/>
    public void Do(int piece)
    {
        for (int pair = 0; pair < _pairs; pair++)
        {
            T* x = _panels + (piece * _panelStep) + (2 * pair * _stride);
            T* cosines = _cosines + (pair * _tableStride), sines = _sines + (pair * _tableStride);
            if (Processor.WidestVector == VectorWidth.Bits512)
            {
                Turn<Vector512<T>, Simd512<T>>(x, x + _stride, cosines, sines);
            }
            else if (Processor.WidestVector == VectorWidth.Bits256)
            {
                Turn<Vector256<T>, Simd256<T>>(x, x + _stride, cosines, sines);
            }
            else
            {
                Turn<Vector128<T>, Simd128<T>>(x, x + _stride, cosines, sines);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Turn<TVector, TSimd>(T* x, T* y, T* cosines, T* sines)
        where TVector : struct
        where TSimd : struct, ISimd<TVector, T>
    {
        TVector direction = TSimd.Constant(_isBack ? -1 : 1);
        for (int done = 0; done < _length; done += TSimd.Count)
        {
            TVector mask = TSimd.Mask(Math.Min(_length - done, TSimd.Count));
            TVector a = TSimd.Load(x + done, mask), b = TSimd.Load(y + done, mask), cosine = TSimd.Load(cosines + done, mask);
            TVector sine = TSimd.Multiply(direction, TSimd.Load(sines + done, mask));
            TSimd.Store(x + done, TSimd.Subtract(TSimd.Multiply(a, cosine), TSimd.Multiply(b, sine)), mask);
            TSimd.Store(y + done, TSimd.MultiplyAdd(a, sine, TSimd.Multiply(b, cosine)), mask);
        }
    }
}
