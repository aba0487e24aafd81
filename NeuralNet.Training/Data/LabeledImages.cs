using System.Numerics;
using NeuralNet.Core;
using NeuralNet.Core.Shapes;

namespace NeuralNet.Training.Data;

/// <summary>Reads a pair of IDX files, images and their labels, as a data set.</summary>
public static class LabeledImages
{
    /// <summary>Reads both files; pixels are scaled to 0..1, as value / 255.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="imagesPath">The file of images, plain or gzip.</param>
    /// <param name="labelsPath">The file of labels, plain or gzip.</param>
    /// <param name="classes">Number of classes, 1 to 256; labels must be below it.</param>
    /// <param name="maxBytes">The most pixels that are accepted, 1 or more; see <see cref="IdxFile.DefaultMaxBytes"/>.</param>
    /// <returns>A data set with <c>rows · columns</c> features of the shape 1×rows×columns, in the order of the files.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="classes"/> or <paramref name="maxBytes"/> is outside its range.</exception>
    /// <exception cref="FileNotFoundException">One of the files does not exist.</exception>
    /// <exception cref="InvalidDataException">
    /// A file is damaged (see <see cref="IdxFile"/>), the counts of images and labels differ, or a label is not one of the classes.
    /// </exception>
    public static DataSet<T> Read<T>(string imagesPath, string labelsPath, int classes, long maxBytes = IdxFile.DefaultMaxBytes)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ElementType<T>.ThrowIfNotSupported();
        ArgumentException.ThrowIfNullOrWhiteSpace(imagesPath);
        ArgumentException.ThrowIfNullOrWhiteSpace(labelsPath);
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(classes, 256);

        var labels = IdxFile.ReadLabels(labelsPath, maxBytes);
        var images = IdxFile.ReadImages(imagesPath, maxBytes);
        if (images.Count != labels.Length)
        {
            throw new InvalidDataException(
                $"'{imagesPath}' has {images.Count} images (offset 4), but '{labelsPath}' has {labels.Length} labels (offset 4). " +
                "Are they from the same set?");
        }

        var wrong = labels.AsSpan().IndexOfAnyExceptInRange((byte)0, (byte)(classes - 1));
        if (wrong >= 0)
        {
            throw new InvalidDataException(
                $"'{labelsPath}', offset {IdxFile.LabelOffset(wrong)}: label {wrong} is {labels[wrong]}; " +
                $"with {classes} classes it must be 0 to {classes - 1}.");
        }

        return DataSet<T>.FromPixels(images.Pixels, labels, images.Rows * images.Columns, classes)
            .WithShape(SampleShape.Image(1, images.Rows, images.Columns));
    }
}
