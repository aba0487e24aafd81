using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace NeuralNet.Core.Files;

/// <summary>The bytes of an open file, or of one that is in memory, read from any place.</summary>
/// <remarks>Bytes of a file go to where they are wanted in one step. It is not mapped into memory: a program is ended by the system when it reads a mapped file
/// that somebody has made shorter.</remarks>
internal sealed class FileBytes : IDisposable
{
    // The system's call takes fewer than 2³¹ bytes at a time.
    private const int MostAtOnce = 1 << 30;

    private readonly SafeFileHandle? _file;
    private readonly ReadOnlyMemory<byte> _memory;

    private FileBytes(SafeFileHandle? file, ReadOnlyMemory<byte> memory, string name, long length) =>
        (_file, _memory, Name, Length) = (file, memory, name, length);

    /// <summary>What errors call it: <c>'path'</c>.</summary>
    public string Name { get; }

    /// <summary>Bytes, when it was opened.</summary>
    public long Length { get; }

    /// <summary>Opens a regular file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="expected">What it is to be, for errors.</param>
    public static FileBytes Open(string path, string expected)
    {
        SafeFileHandle file = RegularFile.OpenHandle(path, expected);
        return new FileBytes(file, default, $"'{path}'", RandomAccess.GetLength(file));
    }

    /// <summary>Takes bytes in memory for a file.</summary>
    public static FileBytes Of(ReadOnlyMemory<byte> content, string name) => new(null, content, $"'{name}'", content.Length);

    /// <summary>Fills a span.</summary>
    /// <param name="offset">From the begin of the file; with the span's length at most <see cref="Length"/>.</param>
    /// <param name="target">Is filled.</param>
    /// <exception cref="InvalidDataException">The file has been made shorter since it was opened.</exception>
    public void Read(long offset, Span<byte> target)
    {
        if (_file is null)
        {
            _memory.Span.Slice((int)offset, target.Length).CopyTo(target);
            return;
        }

        while (target.Length > 0)
        {
            int read = RandomAccess.Read(_file, target[..Math.Min(target.Length, MostAtOnce)], offset);
            if (read == 0)
            {
                throw Invalid(offset, $"the file ends here, but had {Length} bytes when it was opened.");
            }

            target = target[read..];
            offset += read;
        }
    }

    /// <summary>A 64-bit number, lowest byte first.</summary>
    public ulong ReadUInt64(long offset)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        Read(offset, bytes);
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes);
    }

    /// <summary>What is wrong with the file, and where.</summary>
    public InvalidDataException Invalid(long offset, string problem, Exception? cause = null) => new($"{Name}, offset {offset}: {problem}", cause);

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();
}
