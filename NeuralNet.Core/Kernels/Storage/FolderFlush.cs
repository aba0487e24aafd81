using System.Runtime.InteropServices;

namespace NeuralNet.Core.Kernels.Storage;

/// <summary>Writes a folder's list of names to the disk. A file that was renamed is at its new name after a loss of power only if this was done.</summary>
internal static partial class FolderFlush
{
    // Of Linux and macOS: open for reading is 0 on both, EINVAL 22.
    private const int ReadOnly = 0;
    private const int NotSupported = 22;

    /// <summary>Flushes a folder. Windows has no such call and needs none; elsewhere nothing happens where the folder may not be read or its file system
    /// knows no flushing of folders.</summary>
    /// <param name="folder">An existing folder.</param>
    /// <exception cref="IOException">The system could not write it.</exception>
    public static void Run(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        int handle = Open(folder, ReadOnly);
        if (handle < 0)
        {
            return;
        }

        int result = Flush(handle), error = Marshal.GetLastPInvokeError();
        _ = Close(handle);
        if (result != 0 && error != NotSupported)
        {
            throw new IOException($"The folder '{folder}' could not be written to the disk: {Marshal.GetPInvokeErrorMessage(error)}.");
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Flush(int handle);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int handle);
}
