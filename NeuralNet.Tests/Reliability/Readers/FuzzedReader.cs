using NeuralNet.Core.Randomness;

namespace NeuralNet.Tests.Reliability.Readers;

/// <summary>A reader of files, and what damaged files are made of for it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Samples">Sound files, or the parts of them that are to be damaged.</param>
/// <param name="Read">Reads all of a file: its path, where it is unless <see cref="FromMemory"/> is set, and its content. Errors name the path.</param>
internal sealed record FuzzedReader(string Name, IReadOnlyList<byte[]> Samples, Action<string, byte[]> Read)
{
    /// <summary>Makes a file of damaged parts: with lengths and checksums that are right, damage comes through to what lies behind them.</summary>
    public Func<byte[], byte[]> Wrap { get; init; } = part => part;

    /// <summary>Whether the reader takes the content, and no file is needed.</summary>
    public bool FromMemory { get; init; }

    /// <summary>The most bytes that the reader may allocate for a byte of the file, beyond a fixed amount.</summary>
    public long BytesForOne { get; init; } = 64;

    /// <summary>A file: a sample with one to four damages, or with none.</summary>
    public byte[] Make(Philox random)
    {
        byte[] sample = Samples[random.Next(Samples.Count)], other = Samples[random.Next(Samples.Count)];
        return Wrap(FileMaker.Damaged(random, sample, other));
    }
}
