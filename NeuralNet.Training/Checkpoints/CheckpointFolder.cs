using System.Globalization;
using NeuralNet.Core.Files;

namespace NeuralNet.Training.Checkpoints;

/// <summary>A folder of checkpoints, one file for each number of steps: <c>checkpoint-000001200.safetensors</c>. The last ones are kept, and one that is the best.</summary>
/// <remarks>While it is open, no other training can use the folder. A file <c>in-use</c> marks it, whose lock ends with the program, however that ends. <b>Threads.</b> One.</remarks>
public sealed class CheckpointFolder : IDisposable
{
    private const string Beginning = "checkpoint-", Ending = ".safetensors", LockName = "in-use";
    private readonly FileStream _lock;

    /// <summary>Opens a folder, and removes what killed programs left half written.</summary>
    /// <param name="path">The folder; made if it does not exist.</param>
    /// <param name="keepLast">How many of the last checkpoints are kept, 1 or more; 3 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="keepLast"/> is below 1.</exception>
    /// <exception cref="IOException">The folder cannot be made or written to, or another training uses it.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder must not be written to.</exception>
    public CheckpointFolder(string path, int keepLast = 3)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentOutOfRangeException.ThrowIfLessThan(keepLast, 1);
        (Path, KeepLast) = (path, keepLast);
        if (File.Exists(path))
        {
            throw new IOException($"'{path}' cannot be a folder of checkpoints: it is a file.");
        }

        _lock = Lock(path);
        foreach (string leftover in Directory.EnumerateFiles(path, $".{Beginning}*{Ending}.*"))
        {
            // Named .TARGET.RANDOM.part
            FileReplacement.DeleteLeftovers(System.IO.Path.Combine(path, System.IO.Path.GetFileName(leftover)[1..].Split(Ending)[0] + Ending));
        }
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>How many of the last checkpoints are kept.</summary>
    public int KeepLast { get; }

    /// <summary>The checkpoints, those of fewer steps first.</summary>
    public IReadOnlyList<string> Files =>
    [
        .. Directory.EnumerateFiles(Path, $"{Beginning}*{Ending}").Select(file => (File: file, Steps: StepsOf(file))).Where(pair => pair.Steps is not null)
            .OrderBy(pair => pair.Steps).Select(pair => pair.File),
    ];

    /// <summary>The checkpoint of the most steps; null where there is none.</summary>
    public string? Newest => Files is [.., string last] ? last : null;

    /// <summary>The name of the checkpoint after a number of steps.</summary>
    /// <param name="steps">Steps, 0 or more.</param>
    public string FileOf(long steps)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        return System.IO.Path.Combine(Path, string.Create(CultureInfo.InvariantCulture, $"{Beginning}{steps:D9}{Ending}"));
    }

    /// <summary>Deletes all checkpoints but the last ones and the best. One that cannot be deleted is left.</summary>
    /// <param name="best">The file that is kept whatever its steps; null for none.</param>
    public void DeleteOld(string? best = null)
    {
        foreach (string file in Files.SkipLast(KeepLast).Where(file => file != best))
        {
            try
            {
                File.Delete(file);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // The next time, perhaps; a training does not end for a file too many.
            }
        }
    }

    /// <summary>Lets others use the folder.</summary>
    public void Dispose() => _lock.Dispose();

    private static FileStream Lock(string path)
    {
        string file = System.IO.Path.Combine(path, LockName);
        try
        {
            Directory.CreateDirectory(path);
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new UnauthorizedAccessException($"The folder of checkpoints '{path}' cannot be written to: {exception.Message}", exception);
        }
        catch (IOException exception)
        {
            throw new IOException(
                File.Exists(file)
                    ? $"The folder of checkpoints '{path}' is used by another training: the file '{LockName}' in it is locked. Name another folder, or end that training. ({exception.Message})"
                    : $"The folder of checkpoints '{path}' cannot be made or written to: {exception.Message}",
                exception);
        }
    }

    private static long? StepsOf(string file) =>
        long.TryParse(System.IO.Path.GetFileName(file)[Beginning.Length..^Ending.Length], NumberStyles.None, CultureInfo.InvariantCulture, out long steps) ? steps : null;
}
