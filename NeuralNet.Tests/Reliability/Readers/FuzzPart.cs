using System.Diagnostics;
using NeuralNet.Core.Randomness;
using NeuralNet.Tests.Reliability.Running;

namespace NeuralNet.Tests.Reliability.Readers;

/// <summary>Reads many damaged files by every reader. It gives something, or the exception that its docs name, with the file in its message; takes no more memory than the file accounts
/// for; and comes back at once.</summary>
internal sealed class FuzzPart : Part
{
    private const int CasesPerRound = 20_000;
    private const long FixedBytes = 4 << 20;
    private const int Tries = 3;

    // A folder of Linux that is in memory: writing the files takes longer than reading them.
    private const string Memory = "/dev/shm";

    private static readonly TimeSpan s_most = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public override string Name => "fuzz";

    /// <inheritdoc/>
    public override string Summary => "damaged files of every format that is read";

    /// <inheritdoc/>
    public override string Run(long seed, int rounds, CaseFile current)
    {
        DirectoryInfo folder = Directory.Exists(Memory)
            ? Directory.CreateDirectory(Path.Combine(Memory, $"neuralnet-{Environment.ProcessId}"))
            : Directory.CreateTempSubdirectory("neuralnet-");
        try
        {
            return Run(Path.Combine(folder.FullName, "file"), seed, rounds, current);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Run(string path, long seed, int rounds, CaseFile current)
    {
        var results = new List<string>();
        for (int reader = 0; reader < FuzzedReaders.All.Count; reader++)
        {
            FuzzedReader fuzzed = FuzzedReaders.All[reader];
            long sound = 0;
            for (int round = 0; round < rounds; round++)
            {
                for (int i = 0; i < CasesPerRound; i++)
                {
                    current.Begin(seed + round, i, fuzzed.Name);
                    byte[] file = fuzzed.Make(new Philox(seed + round, ((ulong)reader << 32) | (uint)i));
                    sound += IsRead(fuzzed, path, file) ? 1 : 0;
                }
            }

            // Some damage is none to the reader, and some is.
            long all = (long)rounds * CasesPerRound;
            results.Add(sound > 0 && sound < all ? $"{fuzzed.Name} {sound}" : throw new DefectException($"{fuzzed.Name}: {sound} of {all} files were read as sound"));
        }

        return $"{(long)rounds * CasesPerRound} files for each reader, of them read as sound: {string.Join(", ", results)}";
    }

    private static bool IsRead(FuzzedReader reader, string path, byte[] file)
    {
        if (!reader.FromMemory)
        {
            File.WriteAllBytes(path, file);
        }

        // Whatever else a machine does may hold a reader up, but not three times.
        bool isRead = false;
        for (int i = 0; i < Tries; i++)
        {
            var clock = Stopwatch.StartNew();
            isRead = IsReadOnce(reader, path, file);
            if (clock.Elapsed < s_most)
            {
                return isRead;
            }
        }

        throw new DefectException($"{reader.Name} took more than {s_most.TotalSeconds} s for {Shown(file)}");
    }

    private static bool IsReadOnce(FuzzedReader reader, string path, byte[] file)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        bool isRead = false;
        try
        {
            reader.Read(path, file);
            isRead = true;
        }
        catch (InvalidDataException exception) when (exception.Message.Contains($"'{path}", StringComparison.Ordinal))
        {
            // As the docs say.
        }
        catch (Exception exception)
        {
            throw new DefectException($"{reader.Name} threw what its docs do not name, for {Shown(file)}: {exception}");
        }

        long taken = GC.GetAllocatedBytesForCurrentThread() - before;
        return taken <= FixedBytes + (reader.BytesForOne * file.Length)
            ? isRead
            : throw new DefectException($"{reader.Name} took {taken} bytes for a file of {file.Length}: {Shown(file)}");
    }

    private static string Shown(byte[] file) => Convert.ToHexString(file.AsSpan(0, Math.Min(file.Length, 2000)));
}
