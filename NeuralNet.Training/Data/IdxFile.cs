namespace NeuralNet.Training.Data;

/// <summary>
/// Reads IDX files, the format of MNIST: a magic number, the dimensions, then one byte a value; all numbers big-endian.
/// </summary>
/// <remarks>
/// A file may be packed with gzip; its first two bytes decide, not its name. A file is read completely and must hold exactly what its
/// header promises. The header is not trusted: no more memory is taken than about twice what the file really holds, and a packed file may hold
/// much more than its size, so there is a limit. What is no regular file (a folder, a pipe, a device) is refused and not waited for.
/// Source: LeCun, Cortes, Burges, "The MNIST database of handwritten digits", section "File formats". Safe to use from several threads.
/// </remarks>
public static class IdxFile
{
    /// <summary>The bytes that a file may hold unless another limit is given: 2³⁰, one GiB, which is 1.3 million images of 28×28 pixels.</summary>
    public const long DefaultMaxBytes = 1L << 30;

    private const uint ImagesMagic = 0x00000803;
    private const uint LabelsMagic = 0x00000801;

    /// <summary>Reads a file of images: magic number 0x00000803, dimensions count × rows × columns.</summary>
    /// <param name="path">The file, plain or gzip.</param>
    /// <param name="maxBytes">The most pixels that are accepted, 1 or more.</param>
    /// <returns>The images; all three dimensions are 1 or more.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">
    /// Wrong magic number, a dimension of zero, more bytes than <paramref name="maxBytes"/>, fewer or more than the header promises, or damaged
    /// gzip data; the message names the file and the offset. Or it is empty or no regular file.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxBytes"/> is below 1.</exception>
    public static IdxImages ReadImages(string path, long maxBytes = DefaultMaxBytes)
    {
        using var reader = new IdxReader(path, "images", ImagesMagic, maxBytes);
        var dimensions = reader.ReadDimensions();
        return new IdxImages(reader.ReadValues(dimensions), dimensions[0], dimensions[1], dimensions[2]);
    }

    /// <summary>Reads a file of labels: magic number 0x00000801, one dimension, the count.</summary>
    /// <param name="path">The file, plain or gzip.</param>
    /// <param name="maxBytes">The most labels that are accepted, 1 or more.</param>
    /// <returns>The labels, 1 or more, each 0 to 255.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">
    /// Wrong magic number, no labels, more than <paramref name="maxBytes"/>, fewer or more bytes than the header promises, or damaged gzip data;
    /// the message names the file and the offset. Or it is empty or no regular file.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxBytes"/> is below 1.</exception>
    public static byte[] ReadLabels(string path, long maxBytes = DefaultMaxBytes)
    {
        using var reader = new IdxReader(path, "labels", LabelsMagic, maxBytes);
        return reader.ReadValues(reader.ReadDimensions());
    }

    /// <summary>Where label <paramref name="index"/> stands in a file of labels: after the magic number and the count.</summary>
    internal static long LabelOffset(int index) => 8L + index;
}
