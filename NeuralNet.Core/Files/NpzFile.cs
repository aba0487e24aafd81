using System.IO.Compression;
using System.Numerics;
using System.Runtime.InteropServices;
using MathNet.Numerics.LinearAlgebra;

namespace NeuralNet.Core.Files;

/// <summary>Reads .npz files, several arrays of NumPy with names: a ZIP archive of .npy files, stored or deflated.</summary>
/// <remarks>
/// <para>Every array is checked against the archive's checksum. An array is read whole into memory, which is taken as its bytes come and not on the word of a header; of a packed file that
/// unpacks to much more than its size there is a limit. <b>Threads.</b> Used by one at a time; its arrays can be read from several.</para>
/// <para>Source: the documentation of <c>numpy.savez</c> and of <c>numpy.lib.format</c>.</para>
/// </remarks>
/// <example>
/// <code>
/// using var file = NpzFile.Open("data.npz");                           // np.savez("data.npz", x=x, y=y)
/// Matrix&lt;float&gt; x = file.ReadMatrix&lt;float&gt;("x");
/// </code>
/// </example>
public sealed class NpzFile : IDisposable
{
    /// <summary>The bytes that an array may unpack to unless another limit is given: 2³⁰, one GiB.</summary>
    public const long DefaultMaxBytes = 1L << 30;

    private const string Ending = ".npy";

    // As much of an array as its header needs.
    private const int HeaderBytes = 1 << 16;

    private readonly Stream _stream;
    private readonly ZipArchive _archive;
    private readonly string _name;
    private readonly long _maxBytes;
    private readonly Dictionary<string, ZipArchiveEntry> _entries = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];

    private NpzFile(Stream stream, string name, long maxBytes)
    {
        (_stream, _name, _maxBytes) = (stream, name, maxBytes);
        try
        {
            _archive = new ZipArchive(stream, ZipArchiveMode.Read);
            foreach (ZipArchiveEntry entry in _archive.Entries.Where(each => each.FullName.EndsWith(Ending, StringComparison.Ordinal)))
            {
                string array = entry.FullName[..^Ending.Length];
                _names.Add(array);
                if (!_entries.TryAdd(array, entry))
                {
                    throw new InvalidDataException($"'{name}': there are two arrays '{FileText.Shown(array)}'.");
                }
            }
        }
        catch (Exception exception) when (IsDamage(exception))
        {
            stream.Dispose();
            throw exception.Message.StartsWith('\'') ? exception : new InvalidDataException($"'{name}': it is no ZIP archive, as an .npz file is, or a damaged one.", exception);
        }
    }

    /// <summary>The names of the arrays, without <c>.npy</c>, in the order of the archive. What is no .npy file in it is passed over.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>Opens a file, and reads the list of its arrays.</summary>
    /// <param name="path">The file. It stays open until this is disposed.</param>
    /// <param name="maxBytes">The most bytes that a packed array may unpack to, 1 or more. An array that takes no more than its place in the file is read in any case.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxBytes"/> is below 1.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is no ZIP archive, a damaged one, or has two arrays of one name. Or it is empty or no regular file.</exception>
    public static NpzFile Open(string path, long maxBytes = DefaultMaxBytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBytes, 1);
        return new NpzFile(RegularFile.Open(path, "an .npz file"), path, maxBytes);
    }

    /// <summary>Takes the content of a file that is in memory.</summary>
    /// <param name="content">The content; read from as long as this is used.</param>
    /// <param name="name">What errors call it.</param>
    /// <param name="maxBytes">The most bytes that a packed array may unpack to, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxBytes"/> is below 1.</exception>
    /// <exception cref="InvalidDataException">As for a file.</exception>
    public static NpzFile Parse(ReadOnlyMemory<byte> content, string name, long maxBytes = DefaultMaxBytes)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBytes, 1);
        ArraySegment<byte> array = MemoryMarshal.TryGetArray(content, out ArraySegment<byte> own) ? own : content.ToArray();
        return new NpzFile(new MemoryStream(array.Array!, array.Offset, array.Count, writable: false), name, maxBytes);
    }

    /// <summary>Whether there is an array of a name.</summary>
    /// <param name="name">The name, without <c>.npy</c>.</param>
    public bool Contains(string name) => _entries.ContainsKey(name);

    /// <summary>Reads an array into memory.</summary>
    /// <param name="name">Its name, without <c>.npy</c>.</param>
    /// <returns>The array; it does not need this file any longer.</returns>
    /// <exception cref="ArgumentException">There is no array of this name; the message lists those that are like it.</exception>
    /// <exception cref="InvalidDataException">It is no sound .npy file of numbers, its checksum is wrong, it unpacks to more than the limit, or an array of bytes cannot hold it; the
    /// message names the array and the place.</exception>
    public NpyArray Read(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        ZipArchiveEntry entry = _entries.TryGetValue(name, out ZipArchiveEntry? found)
            ? found
            : throw new ArgumentException(NearNames.Refusal($"'{_name}'", "array", name, _names), nameof(name));
        string label = $"{_name}/{FileText.Shown(entry.FullName)}";
        byte[] content;
        try
        {
            content = Unpacked(entry, label);
        }
        catch (Exception exception) when (IsDamage(exception) && !exception.Message.StartsWith('\''))
        {
            throw new InvalidDataException($"'{label}': the array's place in the archive is damaged, encrypted, or packed in a way that is not known.", exception);
        }

        return Crc32.Of(content) == entry.Crc32
            ? NpyFile.Of(FileBytes.Of(content, label))
            : throw new InvalidDataException($"'{label}': the checksum is 0x{Crc32.Of(content):X8}, but the archive says 0x{entry.Crc32:X8}: the file is damaged.");
    }

    /// <summary>Reads an array [R, C] as a matrix <c>[R×C]</c>, one of one dimension [C] as <c>[1×C]</c>, and a number as <c>[1×1]</c>.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>; numbers of other types are converted as <see cref="NpyArray.Read"/> says.</typeparam>
    /// <param name="name">Its name, without <c>.npy</c>.</param>
    /// <exception cref="ArgumentException">There is no array of this name, it has more than two dimensions, or more elements than a matrix holds.</exception>
    /// <exception cref="InvalidDataException">As for <see cref="Read"/>, or a number has no value in T.</exception>
    public Matrix<T> ReadMatrix<T>(string name) where T : unmanaged, IFloatingPointIeee754<T>
    {
        using NpyArray array = Read(name);
        return array.ReadMatrix<T>();
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        _archive.Dispose();
        _stream.Dispose();
    }

    // As many bytes as the array's own header says; what follows them in the archive is not unpacked.
    private byte[] Unpacked(ZipArchiveEntry entry, string label)
    {
        using Stream unpacked = entry.Open();
        byte[] begin = PromisedBytes.Read(HeaderBytes, part => unpacked.ReadAtLeast(part, part.Length, throwOnEndOfStream: false), out int known);
        FileBytes bytes = FileBytes.Of(begin.AsMemory(0, known), label);
        NpyHeader header = NpyHeader.Read(bytes);
        Int128 length = (Int128)header.DataOffset + header.DataBytes;
        if (length > Math.Max(_maxBytes, entry.CompressedLength))
        {
            throw bytes.Invalid(header.DataOffset, $"the header promises {header.DataBytes} bytes, more than the limit of {_maxBytes}; a larger maxBytes lets it pass.");
        }

        if (length > Array.MaxLength)
        {
            throw bytes.Invalid(header.DataOffset, $"the header promises {header.DataBytes} bytes, more than memory takes in one piece; unpack the archive and read the .npy file.");
        }

        int taken = 0;
        byte[] content = PromisedBytes.Read((int)length, Fill, out int filled);
        if (filled < length)
        {
            throw bytes.Invalid(filled, $"the array ends here, but its header promises {header.DataBytes} bytes from {header.DataOffset} on.");
        }

        return taken < known || unpacked.ReadByte() >= 0
            ? throw bytes.Invalid(filled, "the array ends here, but its file goes on.")
            : content;

        int Fill(Span<byte> part)
        {
            int fromBegin = Math.Min(part.Length, known - taken);
            begin.AsSpan(taken, fromBegin).CopyTo(part);
            taken += fromBegin;
            return fromBegin + unpacked.ReadAtLeast(part[fromBegin..], part.Length - fromBegin, throwOnEndOfStream: false);
        }
    }

    // What reading a damaged archive may end in.
    private static bool IsDamage(Exception exception) =>
        exception is InvalidDataException or IOException or ArgumentException or NotSupportedException or OverflowException;
}
