using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using NeuralNet.Core.Files;

namespace NeuralNet.Training.Data.Images;

/// <summary>One pass over the chunks of a PNG file, then over its rows.</summary>
internal sealed class PngDecoder
{
    // Length and type before the data of a chunk, the checksum after it.
    private const int ChunkHead = 8, ChunkTail = 4;

    private readonly string _path;
    private readonly byte[] _file;
    private readonly List<ArraySegment<byte>> _packed = [];
    private PngHeader _header;
    private byte[] _palette = [];
    private byte[]? _transparency;

    private PngDecoder(string path, byte[] file)
    {
        (_path, _file) = (path, file);
    }

    /// <summary>Whether a file begins as every PNG file does.</summary>
    public static bool IsPng(ReadOnlySpan<byte> file) => file.StartsWith(PngFormat.Signature);

    /// <summary>The picture that a file holds.</summary>
    public static RasterImage Decode(string path, byte[] file, long maxBytes)
    {
        var decoder = new PngDecoder(path, file);
        if (!IsPng(file))
        {
            throw decoder.Invalid(0, "the signature of PNG is missing");
        }

        decoder.ReadChunks();
        PngHeader header = decoder._header;
        int channels = PngPixels.Channels(header, decoder._transparency);
        ImageFile.Size(path, header.Width, header.Height, channels, maxBytes);

        // Of 16 bits, the rows of the file are larger than the picture. Sizes are such by now that this does not overflow.
        long rows = header.Height * (header.RowBytes + 1);
        if (rows > Array.MaxLength)
        {
            throw decoder.Invalid(PngFormat.Signature.Length, $"the rows of {header.Width}×{header.Height} pixels are {rows} bytes, more than an array holds");
        }

        byte[] unpacked = decoder.Unpack((int)rows);
        decoder.Unfilter(unpacked);
        byte[] pixels = PngPixels.From(unpacked, header, decoder._palette, decoder._transparency, out int wrong);
        return wrong < 0
            ? new RasterImage(header.Width, header.Height, channels, pixels)
            : throw new InvalidDataException(
                $"'{path}': the pixel in row {wrong / header.Width}, column {wrong % header.Width} is beyond the {decoder._palette.Length / 3} colours of the palette.");
    }

    private void ReadChunks()
    {
        int offset = PngFormat.Signature.Length;
        for (string type = ""; type != "IEND";)
        {
            if (_file.Length - offset < ChunkHead + ChunkTail)
            {
                throw Invalid(offset, "the file ends before the picture does");
            }

            uint length = BinaryPrimitives.ReadUInt32BigEndian(_file.AsSpan(offset));
            if (length > _file.Length - offset - ChunkHead - ChunkTail)
            {
                throw Invalid(offset, $"a chunk promises {length} bytes, but {_file.Length - offset - ChunkHead - ChunkTail} follow");
            }

            var data = new ArraySegment<byte>(_file, offset + ChunkHead, (int)length);
            uint expected = BinaryPrimitives.ReadUInt32BigEndian(_file.AsSpan(offset + ChunkHead + (int)length));
            uint found = Crc32.Of(_file.AsSpan(offset + 4, (int)length + 4));
            if (found != expected)
            {
                throw Invalid(offset, $"the checksum of a chunk is {found:X8}, but the file says {expected:X8}: it is damaged");
            }

            type = Encoding.Latin1.GetString(_file, offset + 4, 4);
            Take(type, data, offset);
            offset += ChunkHead + (int)length + ChunkTail;
        }

        if (_packed.Count == 0)
        {
            throw Invalid(offset, "the file has no picture (no chunk IDAT)");
        }

        if (_header.Kind == PngFormat.Palette && _palette.Length == 0)
        {
            throw Invalid(offset, "the palette is missing");
        }
    }

    private void Take(string type, ArraySegment<byte> data, int offset)
    {
        if (type == "IHDR" != (offset == PngFormat.Signature.Length))
        {
            throw Invalid(offset, type == "IHDR" ? "a second header" : $"the first chunk is {type}, expected IHDR");
        }

        switch (type)
        {
            case "IHDR":
                _header = PngHeader.Read(data, out string? problem);
                if (problem is not null)
                {
                    throw Invalid(offset, problem);
                }

                break;
            case "PLTE":
                _palette = data.Count % 3 == 0 && data.Count is > 0 and <= 3 * 256 && _palette.Length == 0
                    ? [.. data]
                    : throw Invalid(offset, $"a palette has 1 to 256 colours of three bytes, once; got {data.Count} bytes");
                break;
            case "tRNS":
                _transparency = PngPixels.IsTransparency(data, _header, _palette)
                    ? [.. data]
                    : throw Invalid(offset, $"{data.Count} bytes of transparency do not fit pixels of kind {_header.Kind}");
                break;
            case "IDAT":
                _packed.Add(data);
                break;
            case "IEND":
                break;
            default:
                // A capital letter says that the picture cannot be understood without the chunk.
                if (type[0] is >= 'A' and <= 'Z')
                {
                    throw Invalid(offset, $"the chunk '{type}' is needed to understand the picture, and not known");
                }

                break;
        }
    }

    private byte[] Unpack(int rows)
    {
        int offset = _packed[0].Offset - ChunkHead;
        using var packed = new MemoryStream();
        foreach (ArraySegment<byte> part in _packed)
        {
            packed.Write(part);
        }

        packed.Position = 0;
        using var zlib = new ZLibStream(packed, CompressionMode.Decompress);
        byte[] bytes;
        int filled, beyond;
        try
        {
            bytes = PromisedBytes.Read(rows, part => zlib.ReadAtLeast(part, part.Length, throwOnEndOfStream: false), out filled);
            beyond = zlib.ReadByte();
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            // The second where the data ask for a dictionary, which PNG has none of.
            throw Invalid(offset, $"the packed rows are damaged or cut off ({exception.Message.TrimEnd('.')})", exception);
        }

        return filled < rows ? throw Invalid(offset, $"the rows unpack to {filled} bytes, but the header promises {rows}")
            : beyond >= 0 ? throw Invalid(offset, $"the rows unpack to more than the {rows} bytes that the header promises")
            : bytes;
    }

    // Section 9 of the specification: each byte was stored as its difference to what its neighbours tell of it.
    private void Unfilter(byte[] rows)
    {
        int length = (int)_header.RowBytes, back = _header.PixelBytes;
        ReadOnlySpan<byte> above = new byte[length];
        for (int row = 0; row < _header.Height; row++)
        {
            int start = row * (length + 1);
            byte filter = rows[start];
            Span<byte> bytes = rows.AsSpan(start + 1, length);
            if (filter > 4)
            {
                throw new InvalidDataException($"'{_path}': row {row} has filter {filter}; PNG has 0 to 4.");
            }

            for (int i = 0; filter != 0 && i < length; i++)
            {
                int left = i >= back ? bytes[i - back] : 0, up = above[i], corner = i >= back ? above[i - back] : 0;
                bytes[i] += (byte)(filter switch { 1 => left, 2 => up, 3 => (left + up) / 2, _ => Paeth(left, up, corner) });
            }

            above = bytes;
        }
    }

    private static int Paeth(int left, int up, int corner)
    {
        int toLeft = Math.Abs(up - corner), toUp = Math.Abs(left - corner), toCorner = Math.Abs(left + up - (2 * corner));
        return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
    }

    private InvalidDataException Invalid(int offset, string problem, Exception? cause = null) => new($"'{_path}', offset {offset}: {problem}.", cause);
}
