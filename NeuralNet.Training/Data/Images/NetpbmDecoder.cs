namespace NeuralNet.Training.Data.Images;

/// <summary>One pass over a PGM or PPM file.</summary>
internal sealed class NetpbmDecoder
{
    private readonly string _path;
    private readonly byte[] _file;
    private int _offset = 2;

    private NetpbmDecoder(string path, byte[] file)
    {
        (_path, _file) = (path, file);
    }

    /// <summary>Whether a file begins as those of this family do.</summary>
    public static bool IsNetpbm(ReadOnlySpan<byte> file) => file is [(byte)'P', >= (byte)'1' and <= (byte)'7', ..];

    /// <summary>The picture that a file holds.</summary>
    public static RasterImage Decode(string path, byte[] file, long maxBytes)
    {
        var decoder = new NetpbmDecoder(path, file);
        (int channels, bool isText) = file switch
        {
            [(byte)'P', (byte)'2', ..] => (1, true),
            [(byte)'P', (byte)'3', ..] => (3, true),
            [(byte)'P', (byte)'5', ..] => (1, false),
            [(byte)'P', (byte)'6', ..] => (3, false),
            _ => throw decoder.Invalid(0, IsNetpbm(file) ? $"P{(char)file[1]} is not read; P2, P3, P5 and P6 are" : "expected P2, P3, P5 or P6"),
        };
        int width = decoder.Number("the width"), height = decoder.Number("the height"), most = decoder.Number("the largest value");
        int size = ImageFile.Size(path, width, height, channels, maxBytes);
        if (most is < 1 or > ushort.MaxValue)
        {
            throw decoder.Invalid(decoder._offset, $"the largest value is {most}, expected 1 to {ushort.MaxValue}");
        }

        return new RasterImage(width, height, channels, isText ? decoder.Text(size, most) : decoder.Binary(size, most));
    }

    private byte[] Text(int size, int most)
    {
        // Each number has a digit, and all but the first a space before it.
        if (size > (_file.Length - _offset + 1) / 2)
        {
            throw Invalid(_offset, $"{size} numbers do not fit into the {_file.Length - _offset} bytes that follow");
        }

        var pixels = new byte[size];
        for (int i = 0; i < size; i++)
        {
            pixels[i] = Scaled(Number($"value {i + 1} of {size}"), most);
        }

        SkipSpace();
        return _offset == _file.Length ? pixels : throw Invalid(_offset, $"the picture ends here ({size} values), but the file goes on");
    }

    private byte[] Binary(int size, int most)
    {
        // One space ends the header; what follows are numbers.
        _offset++;
        int bytes = most > byte.MaxValue ? 2 : 1;
        if ((long)size * bytes != _file.Length - _offset)
        {
            throw Invalid(_offset, $"the picture has {size} values of {bytes} bytes, but {Math.Max(_file.Length - _offset, 0)} bytes follow");
        }

        var pixels = new byte[size];
        for (int i = 0; i < size; i++, _offset += bytes)
        {
            pixels[i] = Scaled(bytes == 1 ? _file[_offset] : (_file[_offset] << 8) | _file[_offset + 1], most);
        }

        return pixels;
    }

    private byte Scaled(int value, int most) => value <= most
        ? (byte)(((value * byte.MaxValue) + (most / 2)) / most)
        : throw Invalid(_offset, $"the value {value} is above the largest one, {most}");

    private int Number(string what)
    {
        SkipSpace();
        int start = _offset;
        long number = 0;
        for (; _offset < _file.Length && _file[_offset] is >= (byte)'0' and <= (byte)'9'; _offset++)
        {
            number = (10 * number) + (_file[_offset] - '0');
            if (number > int.MaxValue)
            {
                throw Invalid(start, $"{what} is above {int.MaxValue}");
            }
        }

        return _offset > start && (_offset == _file.Length || IsSpace(_file[_offset]) || _file[_offset] == '#')
            ? (int)number
            : throw Invalid(_offset, _offset == _file.Length ? $"the file ends within {what}" : $"expected {what}, a number");
    }

    // A comment goes from # to the end of the line.
    private void SkipSpace()
    {
        for (bool isComment = false; _offset < _file.Length && (isComment || IsSpace(_file[_offset]) || _file[_offset] == '#'); _offset++)
        {
            isComment = (isComment || _file[_offset] == '#') && _file[_offset] is not ((byte)'\n' or (byte)'\r');
        }
    }

    private static bool IsSpace(byte value) => value is (byte)' ' or (>= 9 and <= 13);

    private InvalidDataException Invalid(int offset, string problem) => new($"'{_path}', offset {offset}: {problem}.");
}
