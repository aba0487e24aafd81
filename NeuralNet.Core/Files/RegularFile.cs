using Microsoft.Win32.SafeHandles;

namespace NeuralNet.Core.Files;

/// <summary>Opens files to read. Opening a pipe that nobody writes to waits for ever, and a device may never end: neither has a length, and a file without
/// one holds no data.</summary>
public static class RegularFile
{
    /// <summary>Opens a regular file that is not empty.</summary>
    /// <param name="path">The file.</param>
    /// <param name="expected">What it is to be, for errors: "an IDX file of images, plain or gzip".</param>
    /// <returns>A stream to read from.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is empty, a folder or no regular file.</exception>
    public static FileStream Open(string path, string expected)
    {
        ThrowIfNot(path, expected);
        return File.OpenRead(path);
    }

    /// <summary>Opens a regular file that is not empty, to be read from any place.</summary>
    /// <param name="path">The file.</param>
    /// <param name="expected">What it is to be, for errors.</param>
    /// <returns>A handle for <see cref="RandomAccess"/>.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is empty, a folder or no regular file.</exception>
    public static SafeFileHandle OpenHandle(string path, string expected)
    {
        ThrowIfNot(path, expected);

        // A file that is replaced while it is open stays what it was (on Windows only if deletion is shared).
        return File.OpenHandle(path, share: FileShare.Read | FileShare.Delete);
    }

    private static void ThrowIfNot(string path, string expected)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (Directory.Exists(path))
        {
            throw new InvalidDataException($"'{path}' is a folder; expected {expected}.");
        }

        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"'{path}' does not exist; expected {expected}.", path);
        }

        // The length of a link is that of its text.
        FileInfo file = File.ResolveLinkTarget(path, returnFinalTarget: true) as FileInfo ?? new FileInfo(path);
        if (!file.Exists || file.Length == 0)
        {
            throw new InvalidDataException($"'{path}' is empty, or no regular file but a pipe or a device; expected {expected}.");
        }
    }
}
