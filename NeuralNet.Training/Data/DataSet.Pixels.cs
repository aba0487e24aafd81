using System.Numerics;

namespace NeuralNet.Training.Data;

/// <content>Data sets of images.</content>
public sealed partial class DataSet<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Makes a data set of bytes; pixels are scaled to 0..1, as value / 255.</summary>
    /// <param name="pixels">The images, one after another: <c>labels.Length · features</c> bytes. Copied.</param>
    /// <param name="labels">The class of each image, 0 to <paramref name="classes"/> − 1; one or more. Copied.</param>
    /// <param name="features">Pixels per image, 1 or more.</param>
    /// <param name="classes">Number of classes, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">As the constructor's.</exception>
    /// <exception cref="ArgumentException">As the constructor's.</exception>
    /// <exception cref="NotSupportedException">As the constructor's.</exception>
    public static DataSet<T> FromPixels(ReadOnlySpan<byte> pixels, ReadOnlySpan<byte> labels, int features, int classes)
    {
        var classOf = new int[labels.Length];
        for (var i = 0; i < classOf.Length; i++)
        {
            classOf[i] = labels[i];
        }

        return FromPixels(pixels, classOf, features, classes);
    }

    /// <summary>As the other, with labels of any size. These are kept.</summary>
    internal static DataSet<T> FromPixels(ReadOnlySpan<byte> pixels, int[] labels, int features, int classes)
    {
        Require(labels.Length, pixels.Length, features);
        var scaled = new T[256];
        for (var value = 0; value < scaled.Length; value++)
        {
            scaled[value] = T.CreateChecked(value) / T.CreateChecked(255);
        }

        var samples = new T[pixels.Length];
        for (var i = 0; i < samples.Length; i++)
        {
            samples[i] = scaled[pixels[i]];
        }

        return new DataSet<T>(samples, labels, features, classes);
    }
}
