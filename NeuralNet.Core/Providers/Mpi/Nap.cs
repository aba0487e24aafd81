using System.Runtime.InteropServices;

namespace NeuralNet.Core.Providers.Mpi;

/// <summary>A sleep shorter than the runtime's shortest, which is a millisecond.</summary>
internal static unsafe class Nap
{
    private const uint Microseconds = 40;

    private static readonly delegate* unmanaged[Cdecl]<uint, int> Sleep = Find();

    /// <summary>Leaves the processor to others for some 40 to 100 µs.</summary>
    public static void Take()
    {
        if (Sleep is null)
        {
            Thread.Yield();
        }
        else
        {
            _ = Sleep(Microseconds);
        }
    }

    private static delegate* unmanaged[Cdecl]<uint, int> Find() =>
        !OperatingSystem.IsWindows() && NativeLibrary.TryGetExport(NativeLibrary.GetMainProgramHandle(), "usleep", out nint export)
            ? (delegate* unmanaged[Cdecl]<uint, int>)export
            : null;
}
