using System.Numerics;

namespace NeuralNet.Training.Data;

/// <content>Parts of a data set.</content>
public sealed partial class DataSet<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Some of the samples, with what they are to give, their weights, names and shape.</summary>
    /// <param name="indices">Which samples, 0 to <c>Count − 1</c>, one or more, in any order, also repeatedly.</param>
    /// <returns>A data set of its own: what it holds is copied.</returns>
    /// <exception cref="ArgumentException">There are no indices, or the values are more than an array holds.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An index names no sample.</exception>
    public DataSet<T> Subset(ReadOnlySpan<int> indices)
    {
        if (indices.IsEmpty)
        {
            throw new ArgumentException("A data set needs one sample or more, got no indices.", nameof(indices));
        }

        int wrong = indices.IndexOfAnyExceptInRange(0, Count - 1);
        if (wrong >= 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(indices), indices[wrong], $"Index {wrong} is {indices[wrong]}; the data set has samples 0 to {Count - 1}.");
        }

        return new DataSet<T>(Chosen(_samples, Features, indices), Features)
        {
            _labels = Chosen(_labels, LabelsPerSample, indices),
            _targets = Chosen(_targets, Outputs, indices),
            _weights = Chosen(_weights, WeightsPerSample, indices),
            Classes = Classes,
            LabelsPerSample = LabelsPerSample,
            Outputs = Outputs,
            WeightsPerSample = WeightsPerSample,
            Shape = Shape,
            FeatureNames = FeatureNames,
            ClassNames = ClassNames,
        };
    }

    private static TValue[] Chosen<TValue>(TValue[] values, int perSample, ReadOnlySpan<int> indices)
    {
        if ((long)indices.Length * perSample > Array.MaxLength)
        {
            throw new ArgumentException(
                $"{indices.Length} samples of {perSample} values are {(long)indices.Length * perSample}; an array holds at most {Array.MaxLength}.",
                nameof(indices));
        }

        var chosen = new TValue[indices.Length * perSample];
        for (int i = 0; i < indices.Length; i++)
        {
            values.AsSpan(indices[i] * perSample, perSample).CopyTo(chosen.AsSpan(i * perSample));
        }

        return chosen;
    }
}
