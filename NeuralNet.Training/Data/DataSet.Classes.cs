using System.Numerics;

namespace NeuralNet.Training.Data;

/// <content>How the classes are balanced.</content>
public sealed partial class DataSet<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private int[]? _classCounts;

    /// <summary>How many labels of each class there are, <see cref="Classes"/> numbers. Labels of weight 0, as padding has it, do not count.</summary>
    public IReadOnlyList<int> ClassCounts => _classCounts ??= Counted(_labels, Classes, CountsAtAll);

    /// <summary>Weights that make all classes count the same: <c>n/(k·n_c)</c> for a class with n_c of the n labels of k classes, so that those of all labels
    /// together are n. They are for a loss that weighs classes.</summary>
    /// <returns>One for each class, in their order.</returns>
    /// <remarks>The formula is scikit-learn's <c>class_weight="balanced"</c> (King and Zeng, 2001).</remarks>
    /// <exception cref="InvalidOperationException">The samples have no labels, or a class has none of them.</exception>
    public T[] ClassWeights()
    {
        if (Classes == 0)
        {
            throw new InvalidOperationException($"Weights of classes need labels; {nameof(WithLabels)} adds them.");
        }

        IReadOnlyList<int> counts = ClassCounts;
        long all = counts.Sum(count => (long)count);
        return [.. counts.Select((count, c) => count > 0
            ? T.CreateChecked(all / ((double)Classes * count))
            : throw new InvalidOperationException($"{ClassText(c)} has no samples, so that it has no weight."))];
    }

    // Weights are of samples, or of positions as the labels.
    private bool CountsAtAll(int label) => WeightsPerSample == 0
        || (WeightsPerSample == LabelsPerSample ? _weights[label] : WeightsPerSample == 1 ? _weights[label / LabelsPerSample] : T.One) != T.Zero;

    private void RequireLabelEach(string what)
    {
        if (LabelsPerSample != 1)
        {
            throw new InvalidOperationException($"{what} needs one label for each sample; these have {LabelsPerSample}.");
        }
    }

    private string ClassText(int c) => ClassNames.Count > 0 ? $"Class {c} ('{ClassNames[c]}')" : $"Class {c}";

    private static int[] Counted(int[] labels, int classes, Func<int, bool> isCounted)
    {
        var counts = new int[classes];
        for (int i = 0; i < labels.Length; i++)
        {
            counts[labels[i]] += isCounted(i) ? 1 : 0;
        }

        return counts;
    }
}
