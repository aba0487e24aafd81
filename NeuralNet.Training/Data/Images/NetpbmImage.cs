namespace NeuralNet.Training.Data.Images;

/// <summary>Reads PGM (grey) and PPM (colour) files, in text (P2, P3) or binary (P5, P6).</summary>
/// <remarks>Values are scaled from the file's largest value to 255, rounded. Bitmaps (P1, P4) and PAM (P7) are not read. A file holds one picture, and nothing after it.
/// Source: netpbm, "PGM format specification", "PPM format specification". Safe to use from several threads.</remarks>
public static class NetpbmImage
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="maxBytes">The most bytes that file and picture may have, 1 or more; see <see cref="IdxFile.DefaultMaxBytes"/>.</param>
    /// <returns>The picture, of 1 or 3 channels.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is none of these files, damaged, larger than <paramref name="maxBytes"/>, or no regular file.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxBytes"/> is below 1.</exception>
    public static RasterImage Read(string path, long maxBytes = IdxFile.DefaultMaxBytes) =>
        NetpbmDecoder.Decode(path, ImageFile.Bytes(path, maxBytes), maxBytes);
}
