using NeuralNet.Core.Ranks;

namespace NeuralNet.Training.Fitting;

/// <summary>A file of rank 0 that all ranks can read, for as long as this is not disposed of: on the others it is a copy, as they need not see its disk.</summary>
internal sealed class FileOfFirstRank : IDisposable
{
    private readonly string? _copy;

    /// <summary>Gives the others the file.</summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="path">The file, on rank 0; null for none.</param>
    public FileOfFirstRank(ICommunicator ranks, string? path)
    {
        byte[] bytes = ranks.Rank == 0 && path is not null ? File.ReadAllBytes(path) : [];
        long[] length = [path is null ? -1 : bytes.Length];
        ranks.Broadcast<long>(length);
        if (length[0] < 0)
        {
            return;
        }

        if (ranks.Rank > 0)
        {
            bytes = new byte[length[0]];
        }

        ranks.Broadcast<byte>(bytes);
        Path = path;
        if (ranks.Rank > 0)
        {
            Path = _copy = System.IO.Path.GetTempFileName();
            File.WriteAllBytes(_copy, bytes);
        }
    }

    /// <summary>The file on this rank; null where rank 0 has none.</summary>
    public string? Path { get; }

    /// <summary>Deletes the copy.</summary>
    public void Dispose()
    {
        if (_copy is not null)
        {
            File.Delete(_copy);
        }
    }
}
