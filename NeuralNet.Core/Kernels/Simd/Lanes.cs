using System.Numerics;
using System.Runtime.CompilerServices;

namespace NeuralNet.Core.Kernels.Simd;

/// <summary>Reading and writing a whole vector, or the first elements of one at the end of a run: what a loop does in both ways is written once.</summary>
/// <typeparam name="T">The element.</typeparam>
/// <typeparam name="TVector">The vector.</typeparam>
/// <typeparam name="TSimd">Its operations.</typeparam>
/// <typeparam name="TMasked">Whether only the elements of a mask are touched.</typeparam>
internal static unsafe class Lanes<T, TVector, TSimd, TMasked>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TVector : struct
    where TSimd : struct, ISimd<TVector, T>
    where TMasked : struct, IFlag
{
    /// <summary>Reads.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Load(T* source, TVector mask) => TMasked.Value ? TSimd.Load(source, mask) : TSimd.Load(source);

    /// <summary>Writes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(T* target, TVector value, TVector mask)
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
