using System.Numerics;

namespace NeuralNet.Training.Metrics;

/// <summary>What each sample of a batch counts in a <see cref="Metric{T, TTarget}"/>.</summary>
/// <remarks><c>default</c> counts every sample once.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public readonly ref struct SampleWeights<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ReadOnlySpan<T> _values;

    internal SampleWeights(ReadOnlySpan<T> values) => _values = values;

    /// <summary>Whether every sample counts once, because no weights were given.</summary>
    public bool AreOnes => _values.IsEmpty;

    /// <summary>The weight of a sample, finite and 0 or more; 0 leaves it out.</summary>
    /// <param name="sample">Its row.</param>
    public double this[int sample] => _values.IsEmpty ? 1 : double.CreateTruncating(_values[sample]);
}
