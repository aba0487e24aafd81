using System.Runtime.InteropServices;

namespace NeuralNet.Core.Providers;

/// <summary>A library of the system (BLAS, MPI) that was looked for and not started: none of its functions has been called.</summary>
/// <remarks>A library counts as installed only if all functions that are needed are in it and the parts that it loads by itself later are there: MKL
/// ends the process where it finds one missing.</remarks>
internal sealed class SystemLibrary
{
    private readonly nint _handle;

    private SystemLibrary(nint handle, string file, string? problem) => (_handle, File, Problem) = (handle, file, problem);

    /// <summary>The file's name as the system's loader took it; empty where none did.</summary>
    public string File { get; }

    /// <summary>Whether the library is there with all that is needed.</summary>
    public bool IsInstalled => _handle != 0;

    /// <summary>Why a file that was found does not count; null where none was found or one does.</summary>
    public string? Problem { get; }

    /// <summary>Looks for a library.</summary>
    /// <param name="files">Its names or paths, the preferred first.</param>
    /// <param name="functions">The functions that it must have.</param>
    /// <param name="parts">The other files that a file of the library loads when it is started; null for none.</param>
    public static SystemLibrary Find(IReadOnlyList<string> files, IReadOnlyList<string> functions, Func<string, IEnumerable<string>>? parts = null)
    {
        string? problem = null;
        foreach (string file in files)
        {
            if (!TryLoad(file, out nint handle, out string? reason))
            {
                problem ??= reason is null ? null : $"{file} cannot be loaded: {reason}";
                continue;
            }

            string? function = functions.FirstOrDefault(name => !NativeLibrary.TryGetExport(handle, name, out _));
            string? part = parts?.Invoke(file).FirstOrDefault(name => !IsThere(name));
            if (function is null && part is null)
            {
                return new SystemLibrary(handle, file, null);
            }

            NativeLibrary.Free(handle);
            problem ??= function is not null ? $"{file} has no function {function}" : $"{file} is there without {part}, which it needs";
        }

        return new SystemLibrary(0, "", problem);
    }

    /// <summary>The address of a function of an installed library.</summary>
    public nint this[string function] => NativeLibrary.GetExport(_handle, function);

    /// <summary>Whether an installed library has a function, or data, of a name.</summary>
    public bool Has(string name) => NativeLibrary.TryGetExport(_handle, name, out _);

    // The loader's reason, without its introduction, where there is a file at all.
    private static bool TryLoad(string file, out nint handle, out string? reason)
    {
        (handle, reason) = (0, null);
        try
        {
            handle = NativeLibrary.Load(file);
        }
        catch (BadImageFormatException)
        {
            reason = "it is not a library of this system";
        }
        catch (DllNotFoundException exception)
        {
            string said = exception.Message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[^1];
            reason = IsAbsence(said) || !OperatingSystem.IsLinux() ? null : said;
        }

        return handle != 0;
    }

    // A part that refers to functions of another one cannot be loaded alone, but is there.
    private static bool IsThere(string file) => TryLoad(file, out _, out string? reason) || (reason?.Contains("undefined symbol", StringComparison.Ordinal) ?? false);

    private static bool IsAbsence(string said) => said.Contains("No such file", StringComparison.Ordinal);
}
