using System.Numerics;
using NeuralNet.Core;

namespace NeuralNet.Training.Data;

/// <summary>Samples in memory with what they are to give: a class each, several (one for each token), a vector, or nothing; and with weights.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <example>
/// <code>
/// var digits = new DataSet&lt;float&gt;(pixels, labels, features: 784, classes: 10);                              // a class for each sample
/// var houses = new DataSet&lt;float&gt;(rooms, features: 13).WithTargets(prices, outputs: 1);                     // a vector for each
/// var table = DataSet&lt;double&gt;.FromRows([[5.1, 3.5], [6.2, 2.9]], labels: [0, 1]);                          // numbers as they are written
/// var tagged = new DataSet&lt;float&gt;(words, features: 64 * 20).WithLabels(tags, classes: 17, perSample: 20)    // a class for each of 20 tokens,
///     .WithWeights(isWord, perSample: 20);                                                                  // 0 where a sentence is shorter
/// </code>
/// </example>
/// <remarks>
/// <b>Shapes.</b> Everything is stored sample after sample (sample-contiguous): feature <c>j</c> of sample <c>i</c> is at
/// <c>i · Features + j</c>, and labels, targets and weights likewise. A matrix of a batch is the other way round; <see cref="BatchLoader{T}"/> turns it.
/// The arrays are kept, not copied. Immutable as long as nobody writes to them; safe to read from several threads.
/// </remarks>
public sealed partial class DataSet<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T[] _samples;
    private int[] _labels = [];
    private T[] _targets = [];
    private T[] _weights = [];

    /// <summary>Makes a data set of samples alone; <see cref="WithLabels"/>, <see cref="WithTargets"/> and <see cref="WithWeights"/> add the rest.</summary>
    /// <param name="samples">The samples, one after another: one or more of <paramref name="features"/> values each.</param>
    /// <param name="features">Values per sample, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="features"/> is below 1.</exception>
    /// <exception cref="ArgumentException">There are no samples, or the last one is not complete.</exception>
    /// <exception cref="NotSupportedException">T is neither float nor double.</exception>
    public DataSet(T[] samples, int features)
    {
        ElementType<T>.ThrowIfNotSupported();
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentOutOfRangeException.ThrowIfLessThan(features, 1);
        if (samples.Length == 0 || samples.Length % features != 0)
        {
            throw new ArgumentException(
                $"A data set needs one sample or more with {features} features each, got {samples.Length} values.", nameof(samples));
        }

        _samples = samples;
        Features = features;
        Shape = features;
        Count = samples.Length / features;
    }

    /// <summary>Makes a data set for classification: a class for each sample.</summary>
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
        Require(labels.Length, samples.Length, features);
        _samples = samples;
        Features = features;
        Shape = features;
        Count = labels.Length;
        SetLabels(labels, classes, 1);
    }

    private DataSet(DataSet<T> other)
    {
        _samples = other._samples;
        (_labels, _targets, _weights) = (other._labels, other._targets, other._weights);
        (Count, Features, Classes) = (other.Count, other.Features, other.Classes);
        (LabelsPerSample, Outputs, WeightsPerSample) = (other.LabelsPerSample, other.Outputs, other.WeightsPerSample);
        (Shape, FeatureNames, ClassNames) = (other.Shape, other.FeatureNames, other.ClassNames);
    }

    /// <summary>Number of samples, 1 or more.</summary>
    public int Count { get; }

    /// <summary>Values per sample, 1 or more.</summary>
    public int Features { get; }

    /// <summary>Number of classes; labels are 0 to <c>Classes − 1</c>. 0 where there are no labels.</summary>
    public int Classes { get; private set; }

    /// <summary>Labels of a sample: 1 for classification, one for each token where each has a class, 0 where there are no labels.</summary>
    public int LabelsPerSample { get; private set; }

    /// <summary>Values of a sample's target; 0 where there are no targets.</summary>
    public int Outputs { get; private set; }

    /// <summary>Weights of a sample; 0 where there are no weights, so that everything weighs the same.</summary>
    public int WeightsPerSample { get; private set; }

    /// <summary>All samples, one after another: <c>Count · Features</c> values.</summary>
    public ReadOnlySpan<T> Samples => _samples;

    /// <summary>The classes of all samples, one sample after another: <c>Count · LabelsPerSample</c> of them.</summary>
    public ReadOnlySpan<int> Labels => _labels;

    /// <summary>The targets of all samples, one after another: <c>Count · Outputs</c> values.</summary>
    public ReadOnlySpan<T> Targets => _targets;

    /// <summary>The weights of all samples, one sample after another: <c>Count · WeightsPerSample</c> values, each finite and 0 or more.</summary>
    public ReadOnlySpan<T> Weights => _weights;

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

    private static void Require(int count, int values, int features)
    {
        ElementType<T>.ThrowIfNotSupported();
        ArgumentOutOfRangeException.ThrowIfLessThan(features, 1);
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
