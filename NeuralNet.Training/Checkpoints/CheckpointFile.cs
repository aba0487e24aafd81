using System.Numerics;
using System.Security.Cryptography;
using NeuralNet.Core.Files;

namespace NeuralNet.Training.Checkpoints;

/// <summary>A checkpoint on the disk: a safetensors file whose last 32 bytes, the tensor <c>checkpoint.sha256</c>, are the SHA-256 of all before them. So a file that has
/// lost a bit is refused, and does not become a training that is a little wrong.</summary>
internal static class CheckpointFile
{
    // Bytes come last in a file, and there are no others.
    private const string ChecksumName = "checkpoint.sha256", VersionName = "checkpoint.version", Version = "1";

    /// <summary>Writes a file, whole or not at all.</summary>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <param name="fill">Adds what is to be remembered.</param>
    public static void Write<T>(string path, Action<CheckpointWriter<T>> fill) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var file = new SafeTensorsWriter();
        file.AddMetadata(VersionName, Version);
        fill(new CheckpointWriter<T>(file));
        file.AddBytes(ChecksumName, TensorType.UInt8, [SHA256.HashSizeInBytes], new byte[SHA256.HashSizeInBytes]);
        FileReplacement.Write(path, stream =>
        {
            using var checksum = new ChecksumStream(stream);
            file.Write(checksum);
            checksum.Complete();
        });
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="read">Takes what was remembered.</param>
    /// <exception cref="InvalidDataException">It is damaged, or no checkpoint of this version.</exception>
    public static void Read<T>(string path, Action<CheckpointReader<T>> read) where T : unmanaged, IFloatingPointIeee754<T>
    {
        using SafeTensorsFile file = SafeTensorsFile.Open(path);
        if (!file.Contains(ChecksumName) || file.Metadata.GetValueOrDefault(VersionName) is not string version)
        {
            throw new InvalidDataException($"'{path}' is a safetensors file, but no checkpoint of a training.");
        }

        if (version != Version)
        {
            throw new InvalidDataException($"'{path}' is a checkpoint of version {version}; known is {Version}.");
        }

        ThrowIfDamaged(path);
        read(new CheckpointReader<T>(file, $"'{path}'"));
    }

    private static void ThrowIfDamaged(string path)
    {
        using FileStream stream = RegularFile.Open(path, "a checkpoint");
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long rest = stream.Length - SHA256.HashSizeInBytes;
        Span<byte> expected = stackalloc byte[SHA256.HashSizeInBytes];
        byte[] buffer = new byte[1 << 20];
        for (int read; rest > 0; rest -= read)
        {
            read = stream.Read(buffer, 0, (int)Math.Min(rest, buffer.Length));
            if (read == 0)
            {
                break;
            }

            hash.AppendData(buffer, 0, read);
        }

        if (rest != 0 || stream.ReadAtLeast(expected, expected.Length, throwOnEndOfStream: false) != expected.Length || !expected.SequenceEqual(hash.GetHashAndReset()))
        {
            throw new InvalidDataException($"'{path}' is damaged: its content has not the checksum that it was written with. Delete it, and the checkpoint before it is the newest.");
        }
    }
}
