using System.Numerics;
using NeuralNet.Core;

namespace NeuralNet.Training.Data;

/// <summary>Labelled samples in memory, for classification.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// <b>Shapes.</b> The samples are stored one after another (sample-contiguous): feature <c>j</c> of sample <c>i</c> is at
/// <c>i · Features + j</c>. A matrix of a batch is the other way round; <see cref="BatchLoader{T}"/> turns it.
/// The arrays are kept, not copied. Immutable as long as nobody writes to them; safe to read from several threads.
/// </remarks>
public sealed class DataSet<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T[] _samples;
    private readonly int[] _labels;

    /// <summary>Makes a data set of the given arrays.</summary>
    /// <param name="samples">The samples, one after another: <c>labels.Length · features</c> values.</param>
    /// <param name="labels">The class of each sample, 0 to <paramref name="classes"/> − 1; one or more.</param>
    /// <param name="features">Values per sample, 1 or more.</param>
    /// <param name="classes">Number of classes, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="features"/> or <paramref name="classes"/> is below 1, or a label is not one of the classes.
    /// </exception>
    /// <exception cref="ArgumentException">There are no labels, or the number of samples is not that of the labels.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public DataSet(T[] samples, int[] labels, int features, int classes)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(labels);
        Require(labels.Length, samples.Length, features, classes);
        var wrong = labels.AsSpan().IndexOfAnyExceptInRange(0, classes - 1);
        if (wrong >= 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(labels), labels[wrong], $"Label {wrong} is {labels[wrong]}; with {classes} classes it must be 0 to {classes - 1}.");
        }

        _samples = samples;
        _labels = labels;
        Features = features;
        Classes = classes;
    }

    /// <summary>Number of samples, 1 or more.</summary>
    public int Count => _labels.Length;

    /// <summary>Values per sample, 1 or more.</summary>
    public int Features { get; }

    /// <summary>Number of classes; labels are 0 to <c>Classes − 1</c>.</summary>
    public int Classes { get; }

    /// <summary>All samples, one after another: <c>Count · Features</c> values.</summary>
    public ReadOnlySpan<T> Samples => _samples;

    /// <summary>The class of each sample, <c>Count</c> of them.</summary>
    public ReadOnlySpan<int> Labels => _labels;

    /// <summary>The values of one sample, <c>Features</c> of them.</summary>
    /// <param name="index">Which sample, 0 to <c>Count − 1</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="index"/> is outside its range.</exception>
    public ReadOnlySpan<T> Sample(int index)
    {
        if ((uint)index >= (uint)Count)
        {
            throw new ArgumentOutOfRangeException(nameof(index), index, $"The data set has samples 0 to {Count - 1}.");
        }

        return _samples.AsSpan(index * Features, Features);
    }

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
        Require(labels.Length, pixels.Length, features, classes);
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

        var classOf = new int[labels.Length];
        for (var i = 0; i < classOf.Length; i++)
        {
            classOf[i] = labels[i];
        }

        return new DataSet<T>(samples, classOf, features, classes);
    }

    private static void Require(int count, int values, int features, int classes)
    {
        ElementType<T>.ThrowIfNotSupported();
        ArgumentOutOfRangeException.ThrowIfLessThan(features, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        if (count == 0)
        {
            throw new ArgumentException("A data set needs one sample or more, got no labels.");
        }

        if (values != (long)count * features)
        {
            throw new ArgumentException(
                $"{count} labels with {features} features each need {(long)count * features} values, got {values}.");
        }
    }
}
