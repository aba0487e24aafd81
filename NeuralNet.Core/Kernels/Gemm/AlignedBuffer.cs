using System.Numerics;

namespace NeuralNet.Core.Kernels.Gemm;

/// <summary>Scratch memory of the kernels: pinned, aligned to a cache line, growing to the most that was asked for.</summary>
internal sealed unsafe class AlignedBuffer<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int Alignment = 64;
    private byte[] _memory = [];

    /// <summary>Room for <paramref name="count"/> elements. What was there before may be gone.</summary>
    public T* Get(long count)
    {
        long bytes = (count * sizeof(T)) + Alignment;
        if (_memory.Length < bytes)
        {
            _memory = GC.AllocateUninitializedArray<byte>(checked((int)bytes), pinned: true);
        }

        nint start = (nint)System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(_memory, 0);
        return (T*)((start + Alignment - 1) & ~(nint)(Alignment - 1));
    }
}
