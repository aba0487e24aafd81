using System.ComponentModel;
using System.Runtime.InteropServices;

namespace NeuralNet.Tests.Reliability.GuardPages;

/// <summary>Memory between two pages that nobody can read or write: who does is ended by the system. Linux only.</summary>
internal sealed unsafe partial class GuardedMemory : IDisposable
{
    // From mman.h of Linux, the same on x86 and Arm.
    private const int ProtectNone = 0, ProtectRead = 1, ProtectWrite = 2;
    private const int MapPrivate = 0x02, MapAnonymous = 0x20;

    private readonly nint _start;
    private readonly nuint _length;

    /// <summary>Takes memory; the system hands out its pages as they are touched.</summary>
    /// <param name="bytes">How much at least.</param>
    public GuardedMemory(long bytes)
    {
        long page = Environment.SystemPageSize;
        Bytes = (bytes + page - 1) / page * page;
        _length = (nuint)(Bytes + (2 * page));
        _start = Map(0, _length, ProtectNone, MapPrivate | MapAnonymous, -1, 0);
        if (_start == -1 || Protect(_start + (nint)page, (nuint)Bytes, ProtectRead | ProtectWrite) != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }

        First = (byte*)_start + page;
    }

    /// <summary>The first byte behind the first inaccessible page.</summary>
    public byte* First { get; }

    /// <summary>Bytes from there to the second: a whole number of pages.</summary>
    public long Bytes { get; }

    public void Dispose() => _ = Unmap(_start, _length);

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial nint Map(nint address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect", SetLastError = true)]
    private static partial int Protect(nint address, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap", SetLastError = true)]
    private static partial int Unmap(nint address, nuint length);
}
