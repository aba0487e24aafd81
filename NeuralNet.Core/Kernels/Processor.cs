using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using NeuralNet.Core.Kernels.Simd;

namespace NeuralNet.Core.Kernels;

/// <summary>What the kernels need to know of the CPU.</summary>
internal static class Processor
{
    /// <summary>Whether the CPU says it is Intel's. MKL takes its full-width paths on those only.</summary>
    public static bool IsIntel { get; } = Vendor() == "GenuineIntel";

    /// <summary>Bytes of a core's second-level cache, data and code together; 512 KiB where the CPU does not say.</summary>
    public static int SecondLevelCacheBytes { get; } = CacheBytes(level: 2) ?? 512 * 1024;

    /// <summary>The widest vectors that the CPU has and the runtime is allowed to use.</summary>
    public static VectorWidth WidestVector =>
        Vector512.IsHardwareAccelerated && Avx512F.IsSupported ? VectorWidth.Bits512
        : Avx2.IsSupported && Fma.IsSupported ? VectorWidth.Bits256
        : VectorWidth.Bits128;

    // The CPU lists its caches one by one: Intel under leaf 4, AMD under leaf 0x8000001D, in the same form (the vendors' manuals, CPUID).
    private static int? CacheBytes(int level)
    {
        if (!X86Base.IsSupported)
        {
            return null;
        }

        int leaf = IsIntel ? 4 : unchecked((int)0x8000001D);
        for (int index = 0; index < 8; index++)
        {
            (int eax, int ebx, int ecx, _) = X86Base.CpuId(leaf, index);
            if ((eax & 0x1F) != 0 && ((eax >> 5) & 0x7) == level)
            {
                int ways = ((ebx >> 22) & 0x3FF) + 1, partitions = ((ebx >> 12) & 0x3FF) + 1, line = (ebx & 0xFFF) + 1;
                return ways * partitions * line * (ecx + 1);
            }
        }

        return null;
    }

    private static string Vendor()
    {
        if (!X86Base.IsSupported)
        {
            return "";
        }

        (_, int ebx, int ecx, int edx) = X86Base.CpuId(0, 0);
        ReadOnlySpan<int> name = [ebx, edx, ecx];
        return System.Text.Encoding.ASCII.GetString(MemoryMarshal.AsBytes(name));
    }
}
