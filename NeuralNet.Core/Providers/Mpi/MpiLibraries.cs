using System.Runtime.InteropServices;
using NeuralNet.Core.Ranks;

namespace NeuralNet.Core.Providers.Mpi;

/// <summary>Finds the MPI library of the system.</summary>
internal static unsafe class MpiLibraries
{
    // The names on Linux and macOS, that of the interface's version first.
    private static readonly Dictionary<string, string[]> s_files = new()
    {
        ["openmpi"] = ["libmpi.so.40", "libmpi.40.dylib", "libmpi.so.80"],
        ["mpich"] = ["libmpich.so.12", "libmpi.so.12", "libmpich.so", "libmpi.12.dylib"],
        ["intel"] = ["libmpi.so.12"],
        ["abi"] = ["libmpi_abi.so.0", "libmpi_abi.so", "libmpi_abi.0.dylib"],
    };

    /// <summary>The library that goes with a launcher.</summary>
    /// <exception cref="PlatformNotSupportedException">None is there.</exception>
    public static MpiFunctions For(Launcher launcher)
    {
        Prepare();
        string? problem = null;
        foreach (string name in launcher.Libraries)
        {
            string? ofThis = MpiFunctions.Find(s_files[name], out MpiFunctions? functions);
            if (functions is not null)
            {
                return functions;
            }

            problem ??= ofThis;
        }

        throw Missing(
            $"{launcher.Name} has started {launcher.Size} processes, but its MPI library is not there{(problem is null ? "" : $" ({problem})")}.",
            launcher.Libraries.SelectMany(name => s_files[name]));
    }

    /// <summary>The library of a name.</summary>
    /// <param name="name">One of <see cref="Communicator.Libraries"/>, in any case, or the path of a file.</param>
    /// <param name="names">What names there are.</param>
    /// <exception cref="ArgumentException">There is no such name, and it is no path.</exception>
    /// <exception cref="PlatformNotSupportedException">It is not there.</exception>
    public static MpiFunctions Named(string name, IReadOnlyList<string> names)
    {
        Prepare();
        if (!s_files.TryGetValue(name.ToLowerInvariant(), out string[]? files))
        {
            files = name.Contains('/', StringComparison.Ordinal) || name.Contains(".so", StringComparison.Ordinal) || name.Contains(".dylib", StringComparison.Ordinal)
                ? [name]
                : throw new ArgumentException($"There is no MPI library '{name}'. The names are {string.Join(", ", names)}, or the path of a file.", nameof(name));
        }

        string? problem = MpiFunctions.Find(files, out MpiFunctions? functions);
        return functions ?? throw Missing($"The MPI library '{name}' is not there{(problem is null ? "" : $" ({problem})")}.", files);
    }

    private static PlatformNotSupportedException Missing(string what, IEnumerable<string> files) => new(
        $"{what} To get one: on Debian and Ubuntu install openmpi-bin (its library is in libopenmpi3), or mpich (libmpich12); on a cluster load its module, such as " +
        $"'module load openmpi'. {Communicator.LibraryVariable} takes the path of a library that stands elsewhere. Looked for: {string.Join(", ", files.Distinct())}.");

    // UCX, which MPICH comes with, would put its handlers of signals in the place of .NET's, which turns SIGSEGV into a NullReferenceException. The variable must be in
    // the environment of C, of which .NET's is a copy.
    private static void Prepare()
    {
        if (!OperatingSystem.IsWindows() && NativeLibrary.TryGetExport(NativeLibrary.GetMainProgramHandle(), "setenv", out nint export))
        {
            fixed (byte* name = "UCX_ERROR_SIGNALS"u8, value = "\0"u8)
            {
                _ = ((delegate* unmanaged[Cdecl]<byte*, byte*, int, int>)export)(name, value, 0);
            }
        }
    }
}
