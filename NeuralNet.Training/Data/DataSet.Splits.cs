using System.Numerics;

namespace NeuralNet.Training.Data;

/// <content>Parts to train with and parts to judge by.</content>
/// <remarks>Which samples a part has depends on the seed, the number of samples and, where it is stratified, the labels; not on the values. Within a
/// part they keep the order of the data set: a <see cref="BatchLoader{T}"/> shuffles.</remarks>
public sealed partial class DataSet<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Two parts at random: every sample is in one of them.</summary>
    /// <param name="trainFraction">What fraction of the samples is to train with, above 0 and below 1; <c>⌊n·fraction + ½⌋</c> of n samples are.</param>
    /// <param name="seed">The same seed gives the same parts.</param>
    /// <returns>The parts, copied.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is no number between 0 and 1, or leaves a part without samples.</exception>
    public (DataSet<T> Train, DataSet<T> Test) Split(double trainFraction, long seed) => SplitIn(trainFraction, Partition.Order(Count, seed));

    /// <summary>Three parts at random: every sample is in one of them.</summary>
    /// <param name="trainFraction">What fraction of the samples is to train with, above 0.</param>
    /// <param name="validationFraction">What fraction is to choose settings by, above 0; both are below 1 together, and the rest is to test with.</param>
    /// <param name="seed">The same seed gives the same parts.</param>
    /// <returns>The parts, copied.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A fraction is outside its range, or they leave a part without samples.</exception>
    public (DataSet<T> Train, DataSet<T> Validation, DataSet<T> Test) Split(double trainFraction, double validationFraction, long seed) =>
        SplitIn(trainFraction, validationFraction, Partition.Order(Count, seed));

    /// <summary>Two parts at random, each with its share of every class, within one sample.</summary>
    /// <param name="trainFraction">What fraction of the samples is to train with, above 0 and below 1.</param>
    /// <param name="seed">The same seed gives the same parts.</param>
    /// <returns>The parts, copied.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is no number between 0 and 1, or leaves a part without samples.</exception>
    /// <exception cref="InvalidOperationException">The samples have not one label each, or a class has one sample only.</exception>
    public (DataSet<T> Train, DataSet<T> Test) StratifiedSplit(double trainFraction, long seed) => SplitIn(trainFraction, ByClass(seed, parts: 2));

    /// <summary>Three parts at random, each with its share of every class: within one sample of the first part, within two of the others.</summary>
    /// <param name="trainFraction">What fraction of the samples is to train with, above 0.</param>
    /// <param name="validationFraction">What fraction is to choose settings by, above 0; both are below 1 together, and the rest is to test with.</param>
    /// <param name="seed">The same seed gives the same parts.</param>
    /// <returns>The parts, copied.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A fraction is outside its range, or they leave a part without samples.</exception>
    /// <exception cref="InvalidOperationException">The samples have not one label each, or a class has fewer than three samples.</exception>
    public (DataSet<T> Train, DataSet<T> Validation, DataSet<T> Test) StratifiedSplit(double trainFraction, double validationFraction, long seed) =>
        SplitIn(trainFraction, validationFraction, ByClass(seed, parts: 3));

    /// <summary>Cross-validation: k parts of which each is once the one to judge by, while the others are to train with. Their sizes differ by one at most.</summary>
    /// <param name="k">Number of parts, 2 to <see cref="Count"/>.</param>
    /// <param name="seed">The same seed gives the same parts.</param>
    /// <param name="stratified">Whether each part has its share of every class, within one sample; by default not.</param>
    /// <returns>The k pairs, each copied as it is asked for.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="k"/> is outside its range.</exception>
    /// <exception cref="InvalidOperationException">Stratified: the samples have not one label each, or a class has fewer than k samples.</exception>
    public IEnumerable<(DataSet<T> Train, DataSet<T> Validation)> KFold(int k, long seed, bool stratified = false)
    {
        if (k < 2 || k > Count)
        {
            throw new ArgumentOutOfRangeException(nameof(k), k, $"{Count} samples can be cut into 2 to {Count} parts, got k = {k}.");
        }

        int[] order = stratified ? ByClass(seed, k) : Partition.Order(Count, seed);
        return Enumerable.Range(0, k).Select(part =>
        {
            (int[] train, int[] validation) = Partition.Fold(order, k, part);
            return (Subset(train), Subset(validation));
        });
    }

    private (DataSet<T> Train, DataSet<T> Test) SplitIn(double trainFraction, int[] order)
    {
        (int[] train, int[] test) = Partition.Split(order, trainFraction);
        return (Subset(train), Subset(test));
    }

    private (DataSet<T> Train, DataSet<T> Validation, DataSet<T> Test) SplitIn(double trainFraction, double validationFraction, int[] order)
    {
        (int[] train, int[] validation, int[] test) = Partition.Split(order, trainFraction, validationFraction);
        return (Subset(train), Subset(validation), Subset(test));
    }

    private int[] ByClass(long seed, int parts)
    {
        RequireLabelEach("A stratified split");
        int[] counts = Counted(_labels, Classes, _ => true);
        for (int c = 0; c < counts.Length; c++)
        {
            if (counts[c] > 0 && counts[c] < parts)
            {
                throw new InvalidOperationException($"{ClassText(c)} has {counts[c]} samples, which cannot be shared among {parts} parts.");
            }
        }

        return Partition.Order(Count, seed, _labels);
    }
}
