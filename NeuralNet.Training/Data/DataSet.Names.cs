using System.Numerics;
using NeuralNet.Core.Shapes;

namespace NeuralNet.Training.Data;

/// <content>What a sample looks like and what its values and classes are called, for reports.</content>
public sealed partial class DataSet<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>What one sample consists of: a plain vector of <see cref="Features"/>, unless the images were read from files or <see cref="WithShape"/> says
    /// otherwise.</summary>
    public SampleShape Shape { get; private set; }

    /// <summary>The names of the values of a sample, <see cref="Features"/> of them; empty where they have none.</summary>
    public IReadOnlyList<string> FeatureNames { get; private set; } = [];

    /// <summary>The names of the classes, <see cref="Classes"/> of them; empty where they have none.</summary>
    public IReadOnlyList<string> ClassNames { get; private set; } = [];

    /// <summary>The same samples with names. Parts of the data set have them too.</summary>
    /// <param name="features">The names of the values of a sample, each once; null (the default) leaves those that are there.</param>
    /// <param name="classes">The names of the classes, each once; null (the default) leaves those that are there.</param>
    /// <returns>Another data set on the same arrays.</returns>
    /// <exception cref="ArgumentException">There are more or fewer names, or one is blank or stands there twice.</exception>
    public DataSet<T> WithNames(IReadOnlyList<string>? features = null, IReadOnlyList<string>? classes = null) => new(this)
    {
        FeatureNames = features is null ? FeatureNames : Named(features, Features, "features", nameof(features)),
        ClassNames = classes is null ? ClassNames : Named(classes, Classes, "classes", nameof(classes)),
    };

    /// <summary>The same samples, seen as images or sequences.</summary>
    /// <param name="shape">What a sample consists of; its size is <see cref="Features"/>.</param>
    /// <returns>Another data set on the same arrays.</returns>
    /// <exception cref="ArgumentException">The shape is of another size.</exception>
    public DataSet<T> WithShape(SampleShape shape) => shape.Size == Features
        ? new DataSet<T>(this) { Shape = shape }
        : throw new ArgumentException($"The samples have {Features} values each; a sample of {shape} has {shape.Size}.", nameof(shape));

    private static string[] Named(IReadOnlyList<string> names, int count, string what, string parameter)
    {
        if (names.Count != count)
        {
            throw new ArgumentException($"The data set has {count} {what}, got {names.Count} names.", parameter);
        }

        int blank = names.ToList().FindIndex(string.IsNullOrWhiteSpace);
        if (blank >= 0)
        {
            throw new ArgumentException($"Name {blank} of the {what} is blank.", parameter);
        }

        NameIndex.Of(names, what, parameter);
        return [.. names];
    }
}
