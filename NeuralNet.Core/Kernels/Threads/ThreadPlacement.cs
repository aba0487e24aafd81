using System.Runtime.InteropServices;

namespace NeuralNet.Core.Kernels.Threads;

/// <summary>Which processor a thread runs on, and how to leave it. Does nothing where the system is not Linux.</summary>
internal static unsafe class ThreadPlacement
{
    private const int MaskWords = 16;

    private static readonly delegate* unmanaged[Cdecl]<int> GetProcessor = (delegate* unmanaged[Cdecl]<int>)Find("sched_getcpu");
    private static readonly delegate* unmanaged[Cdecl]<int, nuint, ulong*, int> GetAffinity =
        (delegate* unmanaged[Cdecl]<int, nuint, ulong*, int>)Find("sched_getaffinity");
    private static readonly delegate* unmanaged[Cdecl]<int, nuint, ulong*, int> SetAffinity =
        (delegate* unmanaged[Cdecl]<int, nuint, ulong*, int>)Find("sched_setaffinity");

    /// <summary>The processor that the calling thread runs on now, or −1 where that is not known.</summary>
    public static int CurrentProcessor => GetProcessor is null ? -1 : GetProcessor();

    /// <summary>Moves the calling thread off a processor, if it may run on another; where it runs later is again the system's choice.</summary>
    /// <param name="processor">The processor to leave.</param>
    public static void Leave(int processor)
    {
        ulong* allowed = stackalloc ulong[MaskWords], others = stackalloc ulong[MaskWords];
        const nuint Bytes = MaskWords * sizeof(ulong);
        if (GetAffinity is null || SetAffinity is null || (uint)processor >= MaskWords * 64 || GetAffinity(0, Bytes, allowed) < 0)
        {
            return;
        }

        new ReadOnlySpan<ulong>(allowed, MaskWords).CopyTo(new Span<ulong>(others, MaskWords));
        others[processor / 64] &= ~(1UL << (processor % 64));
        if (SetAffinity(0, Bytes, others) == 0)
        {
            // The thread has moved; from here on it may run anywhere again.
            _ = SetAffinity(0, Bytes, allowed);
        }
    }

    private static void* Find(string function) =>
        OperatingSystem.IsLinux() && NativeLibrary.TryLoad("libc.so.6", out nint libc) && NativeLibrary.TryGetExport(libc, function, out nint export)
            ? (void*)export
            : null;
}
