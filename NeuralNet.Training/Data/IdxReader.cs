using System.Buffers.Binary;
using System.IO.Compression;
using NeuralNet.Core.Files;

namespace NeuralNet.Training.Data;

/// <summary>One pass over an IDX file, plain or gzip, that knows where it is, so that every error names the file and the offset.</summary>
internal sealed class IdxReader : IDisposable
{
    private readonly string _path;
    private readonly string _kind;
    private readonly uint _magic;
    private readonly FileStream _file;
    private readonly Stream _content;
    private readonly bool _packed;
    private readonly long _maxBytes;
    private long _offset;

    /// <summary>Opens <paramref name="path"/> as a file of <paramref name="kind"/>, whose magic number is <paramref name="magic"/> and which holds
    /// <paramref name="maxBytes"/> values or fewer.</summary>
    public IdxReader(string path, string kind, uint magic, long maxBytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBytes, 1);
        _file = RegularFile.Open(path, $"an IDX file of {kind}, plain or gzip");
        _path = path;
        _kind = kind;
        _magic = magic;
        _maxBytes = maxBytes;
        _packed = _file.ReadByte() == 0x1F && _file.ReadByte() == 0x8B;
        _file.Position = 0;
        _content = _packed ? new GZipStream(_file, CompressionMode.Decompress) : _file;
    }

    /// <summary>Reads the header: the magic number, whose last byte is the number of dimensions, then the dimensions.</summary>
    /// <returns>The dimensions, each 1 or more, with a product that an array can hold.</returns>
    public int[] ReadDimensions()
    {
        var found = ReadNumber("the magic number");
        if (found != _magic)
        {
            throw Invalid(0, $"the magic number is 0x{found:X8}, expected 0x{_magic:X8} (IDX, {_kind}){Remedy(found)}");
        }

        var dimensions = new uint[_magic & 0xFF];
        UInt128 product = 1;
        for (var i = 0; i < dimensions.Length; i++)
        {
            dimensions[i] = ReadNumber($"dimension {i + 1} of {dimensions.Length}");
            product *= dimensions[i];
        }

        if (product == 0)
        {
            throw Invalid(4, $"the header says {string.Join('×', dimensions)}; every dimension must be 1 or more.");
        }

        if (!_packed && product > (UInt128)(_file.Length - _offset))
        {
            throw Invalid(4, $"the header promises {Size(dimensions, product)}, but {_file.Length - _offset} follow it.");
        }

        if (product > (UInt128)Array.MaxLength)
        {
            throw Invalid(4, $"the header promises {Size(dimensions, product)}, more than an array holds ({Array.MaxLength}).");
        }

        if (product > (UInt128)_maxBytes)
        {
            throw Invalid(4, $"the header promises {Size(dimensions, product)}, more than the limit of {_maxBytes}; a larger maxBytes lets it pass.");
        }

        return Array.ConvertAll(dimensions, dimension => (int)dimension);
    }

    /// <summary>Reads the values after the header, and makes sure that nothing follows them.</summary>
    public byte[] ReadValues(int[] dimensions)
    {
        var promised = dimensions.Aggregate(1, (product, dimension) => product * dimension);
        // How much a packed file holds shows only as it unpacks. One that is not packed is as long as promised, or was refused.
        byte[] values;
        int filled;
        if (_packed)
        {
            values = PromisedBytes.Read(promised, Fill, out filled);
        }
        else
        {
            values = new byte[promised];
            filled = Fill(values);
        }

        if (filled < promised)
        {
            throw Invalid(_offset, $"the data ends after {filled} bytes, but the header promises {Size(dimensions, (UInt128)promised)}.");
        }

        if (Fill(new byte[1]) > 0)
        {
            throw Invalid(_offset - 1, $"the {_kind} end here ({Size(dimensions, (UInt128)promised)}), but the file goes on.");
        }

        return values;
    }

    public void Dispose()
    {
        _content.Dispose();
        _file.Dispose();
    }

    private uint ReadNumber(string what)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        var start = _offset;
        if (Fill(bytes) < bytes.Length)
        {
            throw Invalid(start, $"the file ends within {what}; expected an IDX file of {_kind}, plain or gzip.");
        }

        return BinaryPrimitives.ReadUInt32BigEndian(bytes);
    }

    /// <summary>Reads until <paramref name="bytes"/> is full or the content ends.</summary>
    /// <returns>How many bytes were read.</returns>
    private int Fill(Span<byte> bytes)
    {
        var filled = 0;
        while (filled < bytes.Length)
        {
            int read;
            try
            {
                read = _content.Read(bytes[filled..]);
            }
            catch (InvalidDataException e)
            {
                throw Invalid(_offset, $"the gzip data is damaged or cut off ({e.Message.TrimEnd('.')}).", e);
            }

            if (read == 0)
            {
                break;
            }

            filled += read;
            _offset += read;
        }

        return filled;
    }

    private string Remedy(uint found) => (found, _packed) switch
    {
        (0x00000801, _) => ". This is a file of labels.",
        (0x00000803, _) => ". This is a file of images.",
        (_, false) => ". It is not gzip either (1F 8B); is it a page of a web site saved under this name?",
        _ => ".",
    };

    private InvalidDataException Invalid(long offset, string problem, Exception? cause = null) =>
        new($"'{_path}', offset {offset}{(_packed ? " of the unpacked data" : "")}: {problem}", cause);

    private static string Size<TNumber>(TNumber[] dimensions, UInt128 product) =>
        dimensions.Length == 1 ? $"{product} bytes" : $"{string.Join('×', dimensions)} = {product} bytes";
}
