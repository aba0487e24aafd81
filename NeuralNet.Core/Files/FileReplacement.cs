using NeuralNet.Core.Kernels.Storage;

namespace NeuralNet.Core.Files;

/// <summary>Writes a file so that, whatever happens, its name leads to the whole old file or to the whole new one.</summary>
/// <remarks>
/// <para>What is written goes to a temporary file beside the target, is flushed to the disk, and is then renamed over the target; the folder is flushed last. A
/// program that is killed, a full disk or a loss of power leaves the old file as it was, and at most a temporary file beside it
/// (<c>.name.</c>, 32 hexadecimal digits, <c>.part</c>), which <see cref="DeleteLeftovers"/> removes.</para>
/// <para>A link is followed: the file that it leads to is replaced. A replaced file keeps its permissions (Unix). <b>Threads.</b> Can be called from
/// several threads and processes at once, also for one file: the last one wins, whole.</para>
/// </remarks>
public static class FileReplacement
{
    private const string Ending = ".part";
    private const int UniqueLetters = 32;
    private const int BufferBytes = 1 << 16;

    /// <summary>Writes a file, whole or not at all.</summary>
    /// <param name="path">The file; it need not exist, its folder must.</param>
    /// <param name="write">Writes the content to the stream that it is given; that is neither closed nor kept. What it throws reaches the caller, after the
    /// temporary file is removed.</param>
    /// <exception cref="IOException">The folder does not exist, the path is a folder, or the system could not write: the disk is full, for example. What was
    /// there before is unchanged, unless the message says otherwise.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or the file must not be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        string target = TargetOf(path), folder = Path.GetDirectoryName(target)!;
        ThrowIfImpossible(path, target, folder);
        string temporary = Path.Combine(folder, $"{Beginning(target)}{Guid.NewGuid():n}{Ending}");
        try
        {
            Replace(temporary, target, write);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new UnauthorizedAccessException(Refusal(path, exception), exception);
        }
        catch (IOException exception)
        {
            throw new IOException(Refusal(path, exception), exception);
        }

        FolderFlush.Run(folder);
    }

    /// <summary>Removes the temporary files that killed programs left beside a file. Those that a running program writes stay: it holds a lock on them.</summary>
    /// <param name="path">The file that was to be written; it need not exist.</param>
    /// <returns>How many were removed. One that cannot be removed is left.</returns>
    public static int DeleteLeftovers(string path)
    {
        string target = TargetOf(path), folder = Path.GetDirectoryName(target)!, beginning = Beginning(target);
        if (!Directory.Exists(folder))
        {
            return 0;
        }

        int removed = 0;
        foreach (string file in Directory.EnumerateFiles(folder))
        {
            string name = Path.GetFileName(file);
            bool isOurs = name.Length == beginning.Length + UniqueLetters + Ending.Length
                && name.StartsWith(beginning, StringComparison.Ordinal)
                && name.EndsWith(Ending, StringComparison.Ordinal)
                && name.Skip(beginning.Length).Take(UniqueLetters).All(char.IsAsciiHexDigitLower);
            removed += isOurs && IsRemoved(file) ? 1 : 0;
        }

        return removed;
    }

    private static void Replace(string temporary, string target, Action<Stream> write)
    {
        FileStream? stream = null;
        try
        {
            // The lock is held until the new name is there, so that nobody takes the file for one that was left.
            stream = new FileStream(temporary, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                Share = OperatingSystem.IsWindows() ? FileShare.Delete : FileShare.None,
                BufferSize = BufferBytes,
            });
            write(stream);
            stream.Flush(flushToDisk: true);
            if (!OperatingSystem.IsWindows() && File.Exists(target))
            {
                File.SetUnixFileMode(stream.SafeFileHandle, File.GetUnixFileMode(target));
            }

            File.Move(temporary, target, overwrite: true);
            stream.Dispose();
        }
        catch when (stream is not null)
        {
            Discard(stream, temporary);
            throw;
        }
    }

    // What is still in the stream's buffer cannot be written either; the error that counts is on its way already.
    private static void Discard(FileStream stream, string temporary)
    {
        try
        {
            stream.Dispose();
        }
        catch (IOException)
        {
        }

        _ = IsRemoved(temporary);
    }

    private static bool IsRemoved(string file)
    {
        try
        {
            using (new FileStream(file, FileMode.Open, FileAccess.Write, OperatingSystem.IsWindows() ? FileShare.Delete : FileShare.None))
            {
                File.Delete(file);
            }

            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string TargetOf(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        FileInfo file = new(path);
        return file.LinkTarget is null ? file.FullName : file.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? file.FullName;
    }

    private static void ThrowIfImpossible(string path, string target, string? folder)
    {
        if (folder is null || Directory.Exists(target) || Path.EndsInDirectorySeparator(path))
        {
            throw new IOException($"'{path}' could not be written: it is a folder. Name a file.");
        }

        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"'{path}' could not be written: there is no folder '{folder}'. Make it first, or name another.");
        }

        if (File.Exists(target) && new FileInfo(target).IsReadOnly)
        {
            throw new UnauthorizedAccessException($"'{path}' could not be written: it is marked as read-only. Take the mark away, or name another file.");
        }
    }

    private static string Beginning(string target) => $".{Path.GetFileName(target)}.";

    private static string Refusal(string path, Exception exception) =>
        $"'{path}' could not be written, and what was there before is unchanged: {exception.Message.TrimEnd('.')}. Make room, or name a place that can be written to.";
}
