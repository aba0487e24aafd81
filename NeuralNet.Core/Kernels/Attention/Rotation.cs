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
    private nint _tableStride;
    private int _length, _pairs;
    private bool _isBack;

    /// <summary>Turns.</summary>
    /// <param name="panels">The panels <c>[T×d]</c>, one after another.</param>
    /// <param name="count">Panels, 1 or more.</param>
    /// <param name="width">d, an even number.</param>
    /// <param name="cosines">The cosine for each step and pair, a column for each pair.</param>
    /// <param name="sines">The sines.</param>
    /// <param name="first">The step of the first row of panels.</param>
    /// <param name="isBack">Whether by the angle's negative.</param>
    public static void Run(Span<T> panels, int count, int width, ReadOnlySpan<T> cosines, ReadOnlySpan<T> sines, int first, bool isBack)
    {
        fixed (T* pPanels = panels, pCosines = cosines, pSines = sines)
        {
            Rotation<T> work = _ofThread ??= new Rotation<T>();
            work._panels = pPanels;
            work._cosines = pCosines + first;
            work._sines = pSines + first;
            (work._pairs, work._length, work._tableStride) = (width / 2, panels.Length / (count * width), cosines.Length / (width / 2));
            work._isBack = isBack;
            WorkerPool.Shared.Run(work, count, panels.Length >= LeastShared);
        }
    }

    /// <inheritdoc/>
    public void Do(int piece)
    {
        for (int pair = 0; pair < _pairs; pair++)
        {
            T* x = _panels + ((nint)((piece * _pairs) + pair) * 2 * _length), y = x + _length;
            T* cosines = _cosines + (pair * _tableStride), sines = _sines + (pair * _tableStride);
            if (Processor.WidestVector == VectorWidth.Bits512)
            {
                Turn<Vector512<T>, Simd512<T>>(x, y, cosines, sines);
            }
            else if (Processor.WidestVector == VectorWidth.Bits256)
            {
                Turn<Vector256<T>, Simd256<T>>(x, y, cosines, sines);
            }
            else
            {
                Turn<Vector128<T>, Simd128<T>>(x, y, cosines, sines);
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
