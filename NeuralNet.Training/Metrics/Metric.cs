using System.Globalization;
using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Core;

namespace NeuralNet.Training.Metrics;

/// <summary>A number that says how good predictions are, gathered batch by batch: <c>Add</c> for each batch, then <see cref="Value"/>, then
/// <see cref="Reset"/>.</summary>
/// <remarks>
/// <para><b>Batches.</b> Samples are added one after another in double precision, so how they are cut into batches does not change a bit of the
/// result, unless a
/// metric says otherwise. All batches since the last <see cref="Reset"/> have the same number of columns.</para>
/// <para><b>Weights.</b> A sample of weight w counts as w samples, as scikit-learn's <c>sample_weight</c>. One of weight 0 is left out: neither its
/// prediction nor
/// its target is looked at, so a label there may be any number.</para>
/// <para><b>NaN.</b> A prediction that is NaN makes the value NaN, except where a metric asks for the largest score only: NaN is never the largest.</para>
/// <para><b>Allocation.</b> None in steady state, unless a metric says that it keeps all scores. <b>Threads.</b> One at a time.</para>
/// <para><b>Of one's own.</b> A class that derives from this, or from <see cref="LabelMetric{T}"/> or <see cref="MatrixMetric{T}"/>, which check the
/// target.</para>
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <typeparam name="TTarget">What the prediction is compared with: labels or a matrix, as for losses.</typeparam>
public abstract class Metric<T, TTarget> where T : unmanaged, IFloatingPointIeee754<T>
{
    private int _columns;

    /// <summary>What the number is called, in logs and tables: "accuracy", "macro F1".</summary>
    public abstract string Name { get; }

    /// <summary>Whether a larger value is a better one.</summary>
    public abstract bool IsHigherBetter { get; }

    /// <summary>The metric of all samples since the last <see cref="Reset"/>.</summary>
    /// <exception cref="InvalidOperationException">No sample of a weight above 0 was added.</exception>
    public double Value
    {
        get
        {
            ThrowIfEmpty();
            return ValueCore();
        }
    }

    /// <summary>The sum of the weights of all samples since the last <see cref="Reset"/>; their number where there were no weights.</summary>
    public double TotalWeight { get; private set; }

    /// <summary>Forgets all samples. Predictions may have another number of columns from here on.</summary>
    public void Reset() => (_columns, TotalWeight) = (0, 0);

    /// <summary>Adds the samples of a batch.</summary>
    /// <param name="prediction"><c>[N×C]</c>, dense, one row a sample, at least one of each.</param>
    /// <param name="target">What it should be, for each sample.</param>
    /// <param name="weights"><c>[N×1]</c>, finite, 0 or more: what each sample counts. Null (the default) for 1 each.</param>
    /// <exception cref="ArgumentException">The shapes do not fit each other, or those of the batches before; a matrix is not dense.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is none of the classes, or a weight is negative or not finite. Nothing of the batch was
    /// added.</exception>
    public void Add(Matrix<T> prediction, TTarget target, Matrix<T>? weights = null)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        if (prediction.RowCount == 0 || prediction.ColumnCount == 0)
        {
            throw new ArgumentException($"{Title} needs at least one sample and one column, got {prediction.Shape()}.", nameof(prediction));
        }

        if (_columns != 0 && _columns != prediction.ColumnCount)
        {
            throw new ArgumentException(
                $"{Title} was given predictions of {_columns} columns before, now {prediction.Shape()}. {nameof(Reset)} begins anew.", nameof(prediction));
        }

        SampleWeights<T> ofSamples = CheckedWeights(prediction, weights);
        // Refuses what is not dense before anything changes.
        _ = prediction.AsSpan();
        CheckTarget(prediction, target, ofSamples);
        if (_columns == 0)
        {
            Start(prediction.ColumnCount);
        }

        AddCore(prediction, target, ofSamples);
        _columns = prediction.ColumnCount;
        for (int i = 0; i < prediction.RowCount; i++)
        {
            TotalWeight += ofSamples[i];
        }
    }

    /// <summary>All that was added since the last <see cref="Reset"/> as numbers, for a checkpoint.</summary>
    /// <exception cref="NotSupportedException">The metric is somebody's own and does not say what it sums up.</exception>
    public double[] Save() => _columns == 0 ? [] : [_columns, TotalWeight, .. SaveCore()];

    /// <summary>Goes on where another metric of the same kind was, instead of what was added here.</summary>
    /// <param name="numbers">What <see cref="Save"/> gave.</param>
    /// <exception cref="ArgumentException">The numbers are of another kind of metric, or of other settings. The metric is then as after <see cref="Reset"/>.</exception>
    /// <exception cref="NotSupportedException">The metric is somebody's own and does not say what it sums up.</exception>
    public void Restore(ReadOnlySpan<double> numbers)
    {
        Reset();
        if (numbers.IsEmpty)
        {
            return;
        }

        bool isPossible = numbers.Length >= 2 && numbers[0] is >= 1 and <= int.MaxValue && double.IsInteger(numbers[0]) && numbers[1] >= 0;
        if (isPossible)
        {
            Start((int)numbers[0]);
        }

        if (!isPossible || !TryRestoreCore(numbers[2..]))
        {
            throw new ArgumentException($"{Title} cannot go on from {numbers.Length} numbers that are of another metric, or of one with other settings.", nameof(numbers));
        }

        (_columns, TotalWeight) = ((int)numbers[0], numbers[1]);
    }

    /// <summary>Adds what another metric of the same kind was given, on another rank or thread.</summary>
    /// <param name="numbers">What its <see cref="Save"/> gave.</param>
    /// <exception cref="ArgumentException">The numbers are of another kind of metric, or of other settings. The metric is then as after <see cref="Reset"/>.</exception>
    /// <exception cref="NotSupportedException">The metric is somebody's own and does not say what it sums up.</exception>
    public void Merge(ReadOnlySpan<double> numbers)
    {
        if (numbers.IsEmpty || _columns == 0)
        {
            if (!numbers.IsEmpty)
            {
                Restore(numbers);
            }

            return;
        }

        if (numbers.Length < 2 || numbers[0] != _columns || !TryMergeCore(numbers[2..]))
        {
            Reset();
            throw new ArgumentException($"{Title} cannot be merged with {numbers.Length} numbers that are of another metric, or of one with other settings.", nameof(numbers));
        }

        TotalWeight += numbers[1];
    }

    /// <summary>Name and value: <c>accuracy 0.9813</c>; without a value before a sample was added.</summary>
    public override string ToString() =>
        TotalWeight > 0 ? string.Create(CultureInfo.InvariantCulture, $"{Name} {Value:G5}") : $"{Name} of no samples";

    /// <summary>The name as errors begin with it.</summary>
    protected string Title => $"The metric '{Name}'";

    /// <summary>Throws where nothing was added, for what a metric tells beside <see cref="Value"/>.</summary>
    /// <exception cref="InvalidOperationException">No sample of a weight above 0 was added.</exception>
    protected void ThrowIfEmpty()
    {
        if (!(TotalWeight > 0))
        {
            throw new InvalidOperationException($"{Title} has no value: no sample with a weight above 0 was added since it was made or reset.");
        }
    }

    /// <summary>Throws where the target does not fit the prediction.</summary>
    /// <param name="prediction"><c>[N×C]</c>, dense, not empty.</param>
    /// <param name="target">The target.</param>
    /// <param name="weights">Tells which samples are left out.</param>
    protected abstract void CheckTarget(Matrix<T> prediction, TTarget target, SampleWeights<T> weights);

    /// <summary>What the metric sums up, in place: all of its state, as many numbers after each <see cref="Start"/> of as many columns. Override it, and the metric can
    /// be saved and restored in the middle of an epoch, and those of several ranks be merged, which adds the numbers.</summary>
    /// <exception cref="NotSupportedException">It is not overridden.</exception>
    protected virtual Span<double> Sums =>
        throw new NotSupportedException($"{Title} does not say what it sums up, so it cannot be saved before it is complete: override {nameof(Sums)}.");

    /// <summary>The numbers of <see cref="Sums"/>, or of what is kept instead.</summary>
    private protected virtual double[] SaveCore() => Sums.ToArray();

    /// <summary>Takes what <see cref="SaveCore"/> gave, after <see cref="Start"/>; false where it does not fit.</summary>
    private protected virtual bool TryRestoreCore(ReadOnlySpan<double> numbers)
    {
        Span<double> sums = Sums;
        return numbers.TryCopyTo(sums) && numbers.Length == sums.Length;
    }

    /// <summary>Adds what <see cref="SaveCore"/> of another metric gave, by default number by number; false where it does not fit.</summary>
    private protected virtual bool TryMergeCore(ReadOnlySpan<double> numbers)
    {
        Span<double> sums = Sums;
        for (int i = 0; i < sums.Length && numbers.Length == sums.Length; i++)
        {
            sums[i] += numbers[i];
        }

        return numbers.Length == sums.Length;
    }

    /// <summary>Begins with nothing: called before the first batch, and before the first after <see cref="Reset"/>.</summary>
    /// <param name="columns">Columns C of the predictions to come. A metric that cannot be had of so many throws.</param>
    protected abstract void Start(int columns);

    /// <summary>Adds the samples of a batch whose weight is not 0.</summary>
    /// <param name="prediction"><c>[N×C]</c>, dense, not empty.</param>
    /// <param name="target">The target, already checked.</param>
    /// <param name="weights">What each sample counts.</param>
    protected abstract void AddCore(Matrix<T> prediction, TTarget target, SampleWeights<T> weights);

    /// <summary>The value of what was added, which is one sample at least.</summary>
    protected abstract double ValueCore();

    private SampleWeights<T> CheckedWeights(Matrix<T> prediction, Matrix<T>? weights)
    {
        if (weights is null)
        {
            return default;
        }

        if (weights.RowCount != prediction.RowCount || weights.ColumnCount != 1)
        {
            throw new ArgumentException($"{Title} expects weights [{prediction.RowCount}×1] for {prediction.Shape()}, got {weights.Shape()}.", nameof(weights));
        }

        ReadOnlySpan<T> values = weights.AsSpan();
        for (int i = 0; i < values.Length; i++)
        {
            if (!(T.IsFinite(values[i]) && values[i] >= T.Zero))
            {
                throw new ArgumentOutOfRangeException(
                    nameof(weights), values[i], $"{Title} expects finite weights, 0 or more; that of sample {i} is {values[i]}.");
            }
        }

        return new(values);
    }
}
