using System.Numerics;

namespace NeuralNet.Training.Data;

/// <content>What the samples are to give.</content>
public sealed partial class DataSet<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The same samples with other labels.</summary>
    /// <param name="labels">The classes, one sample after another: <c>Count · perSample</c> numbers from 0 to <paramref name="classes"/> − 1. Kept.</param>
    /// <param name="classes">Number of classes, 1 or more.</param>
    /// <param name="perSample">Labels of a sample, 1 or more: 1, the default, for a class of the whole sample, P for a class of each position.</param>
    /// <returns>Another data set on the same arrays; its classes have no names yet.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="classes"/> or <paramref name="perSample"/> is below 1, or a label is not one of the
    /// classes.</exception>
    /// <exception cref="ArgumentException">There are more or fewer labels.</exception>
    public DataSet<T> WithLabels(int[] labels, int classes, int perSample = 1)
    {
        ArgumentNullException.ThrowIfNull(labels);
        RequireCount(labels.Length, perSample, "labels");
        var with = new DataSet<T>(this);
        with.SetLabels(labels, classes, perSample);
        return with;
    }

    /// <summary>The same samples with other vectors as targets.</summary>
    /// <param name="targets">The targets, one sample after another: <c>Count · outputs</c> values. Kept.</param>
    /// <param name="outputs">Values of a sample's target, 1 or more.</param>
    /// <returns>Another data set on the same arrays.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="outputs"/> is below 1.</exception>
    /// <exception cref="ArgumentException">There are more or fewer values.</exception>
    public DataSet<T> WithTargets(T[] targets, int outputs)
    {
        ArgumentNullException.ThrowIfNull(targets);
        RequireCount(targets.Length, outputs, "targets", nameof(outputs));
        return new DataSet<T>(this) { _targets = targets, Outputs = outputs };
    }

    /// <summary>The same samples with other weights, or a mask: 1 for what counts, 0 for what does not.</summary>
    /// <param name="weights">The weights, one sample after another: <c>Count · perSample</c> finite numbers, 0 or more. Kept.</param>
    /// <param name="perSample">Weights of a sample, 1 or more: 1, the default, for a weight of the whole sample, P for one of each position.</param>
    /// <returns>Another data set on the same arrays.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="perSample"/> is below 1, or a weight is negative or not finite.</exception>
    /// <exception cref="ArgumentException">There are more or fewer weights.</exception>
    public DataSet<T> WithWeights(T[] weights, int perSample = 1)
    {
        ArgumentNullException.ThrowIfNull(weights);
        RequireCount(weights.Length, perSample, "weights");
        int wrong = Array.FindIndex(weights, weight => !(weight >= T.Zero && T.IsFinite(weight)));
        return wrong < 0
            ? new DataSet<T>(this) { _weights = weights, WeightsPerSample = perSample }
            : throw new ArgumentOutOfRangeException(
                nameof(weights), weights[wrong], $"Weight {wrong} is {weights[wrong]}; it must be a finite number, 0 or more.");
    }

    private void SetLabels(int[] labels, int classes, int perSample)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        int wrong = labels.AsSpan().IndexOfAnyExceptInRange(0, classes - 1);
        if (wrong >= 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(labels), labels[wrong], $"Label {wrong} is {labels[wrong]}; with {classes} classes it must be 0 to {classes - 1}.");
        }

        _labels = labels;
        Classes = classes;
        LabelsPerSample = perSample;
        ClassNames = [];
    }

    private void RequireCount(int count, int perSample, string what, string name = "perSample")
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(perSample, 1, name);
        if (count != (long)Count * perSample)
        {
            throw new ArgumentException($"{Count} samples with {perSample} {what} each need {(long)Count * perSample} {what}, got {count}.");
        }
    }
}
