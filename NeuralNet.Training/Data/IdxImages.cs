namespace NeuralNet.Training.Data;

/// <summary>Grey images as an IDX file holds them: one byte a pixel, image after image, each row by row from the top left.</summary>
/// <remarks>
/// <b>Shapes.</b> <see cref="Pixels"/> holds <c>Count · Rows · Columns</c> bytes; pixel (row, column) of an image is at
/// <c>(image · Rows + row) · Columns + column</c>. Immutable as long as nobody writes to the array; safe to read from several threads.
/// </remarks>
public sealed class IdxImages
{
    internal IdxImages(byte[] pixels, int count, int rows, int columns)
    {
        Pixels = pixels;
        Count = count;
        Rows = rows;
        Columns = columns;
    }

    /// <summary>Number of images, 1 or more.</summary>
    public int Count { get; }

    /// <summary>Height of an image in pixels, 1 or more.</summary>
    public int Rows { get; }

    /// <summary>Width of an image in pixels, 1 or more.</summary>
    public int Columns { get; }

    /// <summary>All pixels, 0 to 255 (in MNIST 0 is paper and 255 is ink); the array itself, not a copy.</summary>
    public byte[] Pixels { get; }
}
