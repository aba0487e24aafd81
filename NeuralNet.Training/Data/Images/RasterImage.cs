namespace NeuralNet.Training.Data.Images;

/// <summary>A picture as its file holds it: one byte for each channel of each pixel, row by row from the top left, the channels of a pixel side by side.</summary>
/// <remarks>
/// <b>Shapes.</b> <see cref="Pixels"/> holds <c>Height · Width · Channels</c> bytes: channel c of the pixel at (row, column) is at
/// <c>(row · Width + column) · Channels + c</c>. Immutable as long as nobody writes to the array; safe to read from several threads.
/// </remarks>
public sealed class RasterImage
{
    /// <summary>A picture.</summary>
    /// <param name="width">Pixels of a row, 1 or more.</param>
    /// <param name="height">Rows, 1 or more.</param>
    /// <param name="channels">1 for grey, 2 for grey and opacity, 3 for red, green and blue, 4 for these and opacity.</param>
    /// <param name="pixels">The bytes, as many as sizes and channels say. Kept.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1, or the channels are not 1 to 4.</exception>
    /// <exception cref="ArgumentException">There are more or fewer bytes.</exception>
    public RasterImage(int width, int height, int channels, byte[] pixels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(channels, 4);
        ArgumentNullException.ThrowIfNull(pixels);
        if (pixels.Length != (Int128)width * height * channels)
        {
            throw new ArgumentException($"A picture of {width}×{height} pixels with {channels} channels has {(Int128)width * height * channels} bytes, got {pixels.Length}.", nameof(pixels));
        }

        (Width, Height, Channels, Pixels) = (width, height, channels, pixels);
    }

    /// <summary>Pixels of a row, 1 or more.</summary>
    public int Width { get; }

    /// <summary>Rows, 1 or more.</summary>
    public int Height { get; }

    /// <summary>1 for grey, 2 for grey and opacity, 3 for red, green and blue, 4 for these and opacity.</summary>
    public int Channels { get; }

    /// <summary>The bytes, 0 to 255; the array itself, not a copy.</summary>
    public byte[] Pixels { get; }

    /// <summary>Reads a PNG, PGM or PPM file; its first bytes decide, not its name.</summary>
    /// <param name="path">The file.</param>
    /// <param name="maxBytes">The most bytes that file and picture may have, 1 or more; see <see cref="IdxFile.DefaultMaxBytes"/>.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is another format, damaged (see <see cref="PngImage"/>, <see cref="NetpbmImage"/>), larger than
    /// <paramref name="maxBytes"/>, or no regular file.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxBytes"/> is below 1.</exception>
    public static RasterImage Read(string path, long maxBytes = IdxFile.DefaultMaxBytes)
    {
        byte[] file = ImageFile.Bytes(path, maxBytes);
        return PngDecoder.IsPng(file) ? PngDecoder.Decode(path, file, maxBytes)
            : NetpbmDecoder.IsNetpbm(file) ? NetpbmDecoder.Decode(path, file, maxBytes)
            : throw new InvalidDataException($"'{path}' begins with {Convert.ToHexString(file.AsSpan(0, Math.Min(file.Length, 8)))}; expected a PNG, PGM or PPM file.");
    }

    /// <summary>The picture in grey (1 channel) or in colour (3).</summary>
    /// <param name="colors">What it is to be; as it is stored, the picture itself.</param>
    /// <returns>A grey picture has the same number in each colour. Grey of colours is their luma, <c>0.299·R + 0.587·G + 0.114·B</c> (ITU-R BT.601), rounded.</returns>
    /// <exception cref="InvalidOperationException">A pixel is not opaque: which colour it has would depend on what is behind it.</exception>
    public RasterImage As(ImageColors colors)
    {
        int channels = colors switch { ImageColors.Grey => 1, ImageColors.Color => 3, _ => Channels };
        if (channels == Channels)
        {
            return this;
        }

        int count = Width * Height;
        var pixels = new byte[checked(count * channels)];
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> from = Pixels.AsSpan(i * Channels, Channels);
            if (Channels % 2 == 0 && from[^1] != byte.MaxValue)
            {
                throw new InvalidOperationException(
                    $"The pixel in row {i / Width}, column {i % Width} is not opaque, so that it has no colour of its own; read the picture as it is stored.");
            }

            if (channels == 1)
            {
                pixels[i] = Channels >= 3 ? (byte)(((299 * from[0]) + (587 * from[1]) + (114 * from[2]) + 500) / 1000) : from[0];
            }
            else if (Channels >= 3)
            {
                from[..3].CopyTo(pixels.AsSpan(i * 3));
            }
            else
            {
                pixels.AsSpan(i * 3, 3).Fill(from[0]);
            }
        }

        return new RasterImage(Width, Height, channels, pixels);
    }
}
