namespace NeuralNet.Training.Data;

/// <summary>
/// Reads IDX files, the format of MNIST: a magic number, the dimensions, then one byte a value; all numbers big-endian.
/// </summary>
/// <remarks>
/// A file may be packed with gzip; its first two bytes decide, not its name. A file is read completely and must hold exactly what its
/// header promises. The header is not trusted: no more memory is taken than about twice what the file really holds.
/// Source: LeCun, Cortes, Burges, "The MNIST database of handwritten digits", section "File formats". Safe to use from several threads.
/// </remarks>
public static class IdxFile
{
    private const uint ImagesMagic = 0x00000803;
    private const uint LabelsMagic = 0x00000801;

    /// <summary>Reads a file of images: magic number 0x00000803, dimensions count × rows × columns.</summary>
    /// <param name="path">The file, plain or gzip.</param>
    /// <returns>The images; all three dimensions are 1 or more.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">
    /// Wrong magic number, a dimension of zero, fewer or more bytes than the header promises, or damaged gzip data; the message names the
    /// file and the offset.
    /// </exception>
    public static IdxImages ReadImages(string path)
    {
        using var reader = new IdxReader(path, "images", ImagesMagic);
        var dimensions = reader.ReadDimensions();
        return new IdxImages(reader.ReadValues(dimensions), dimensions[0], dimensions[1], dimensions[2]);
    }

    /// <summary>Reads a file of labels: magic number 0x00000801, one dimension, the count.</summary>
    /// <param name="path">The file, plain or gzip.</param>
    /// <returns>The labels, 1 or more, each 0 to 255.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">
    /// Wrong magic number, no labels, fewer or more bytes than the header promises, or damaged gzip data; the message names the file and
    /// the offset.
    /// </exception>
    public static byte[] ReadLabels(string path)
    {
        using var reader = new IdxReader(path, "labels", LabelsMagic);
        return reader.ReadValues(reader.ReadDimensions());
    }

    /// <summary>Where label <paramref name="index"/> stands in a file of labels: after the magic number and the count.</summary>
    internal static long LabelOffset(int index) => 8L + index;
}
