using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace NeuralNet.Core.Kernels;

/// <summary>What the kernels need to know of the CPU.</summary>
internal static class Processor
{
    /// <summary>Whether the CPU says it is Intel's. MKL takes its full-width paths on those only.</summary>
    public static bool IsIntel { get; } = Vendor() == "GenuineIntel";

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
