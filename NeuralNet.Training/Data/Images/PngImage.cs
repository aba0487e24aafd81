namespace NeuralNet.Training.Data.Images;

/// <summary>Reads and writes PNG files.</summary>
/// <remarks>
/// <para><b>Reads</b> grey, colour and palettes, with and without opacity, of 1, 2, 4, 8 and 16 bits: fewer bits are scaled to 0..255, of 16 bits the value is
/// rounded to 8. A palette gives its colours. A colour that the file declares transparent gives a channel of opacity. Interlaced files are refused.</para>
/// <para>Every checksum is compared. Memory is taken for rows as they unpack, not as the header promises them. What follows the picture is not looked at.</para>
/// <para>Source: W3C, "Portable Network Graphics (PNG) Specification", second edition. Safe to use from several threads.</para>
/// </remarks>
public static class PngImage
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="maxBytes">The most bytes that file and picture may have, 1 or more; see <see cref="IdxFile.DefaultMaxBytes"/>.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is no PNG file, interlaced, damaged, larger than <paramref name="maxBytes"/>, or no regular file; the message
    /// names the file and the offset.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxBytes"/> is below 1.</exception>
    public static RasterImage Read(string path, long maxBytes = IdxFile.DefaultMaxBytes) =>
        PngDecoder.Decode(path, ImageFile.Bytes(path, maxBytes), maxBytes);

    /// <summary>Writes a file.</summary>
    /// <param name="path">The file; one that is there is replaced.</param>
    /// <param name="width">Pixels of a row, 1 or more.</param>
    /// <param name="height">Rows, 1 or more.</param>
    /// <param name="pixels">Bytes row by row from the top left: one a pixel (grey), two (and opacity), three (red, green, blue) or four (and opacity).</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    /// <exception cref="ArgumentException">The bytes are not one, two, three or four for each pixel.</exception>
    public static void Write(string path, int width, int height, ReadOnlySpan<byte> pixels)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        File.WriteAllBytes(path, ToBytes(width, height, pixels));
    }

    /// <summary>The bytes of a file, to stand in a page: <c>"data:image/png;base64," + Convert.ToBase64String(…)</c>. The same picture gives the same bytes on one system.</summary>
    /// <param name="width">Pixels of a row, 1 or more.</param>
    /// <param name="height">Rows, 1 or more.</param>
    /// <param name="pixels">Bytes row by row from the top left: one a pixel (grey), two (and opacity), three (red, green, blue) or four (and opacity).</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    /// <exception cref="ArgumentException">The bytes are not one, two, three or four for each pixel.</exception>
    public static byte[] ToBytes(int width, int height, ReadOnlySpan<byte> pixels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        long count = (long)width * height;
        return pixels.Length % count == 0 && pixels.Length / count is >= 1 and <= 4
            ? PngEncoder.Encode(width, height, (int)(pixels.Length / count), pixels)
            : throw new ArgumentException($"A picture of {width}×{height} has {count} pixels of 1 to 4 bytes each, got {pixels.Length} bytes.", nameof(pixels));
    }
}
