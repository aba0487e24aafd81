using System.Numerics;

namespace NeuralNet.Training.TensorBoard;

/// <summary>How numbers are spread over the buckets that TensorBoard draws: limits that grow by a tenth each, from 1e-12 to 1e20, on both sides of 0.</summary>
/// <remarks>A bucket holds the numbers from the limit before it (included) to its own (excluded). Buckets without numbers that follow each other
/// become one, which is
/// how TensorFlow writes them. <b>Source.</b> TensorFlow's histogram.</remarks>
internal sealed class HistogramBuckets
{
    private static readonly double[] Limits = MakeLimits();

    private readonly long[] _counts = new long[Limits.Length];

    // The last of the joined buckets, for each that is written.
    private readonly int[] _ends = new int[Limits.Length];

    /// <summary>Number of buckets, empty ones joined.</summary>
    public int Count { get; private set; }

    /// <summary>The smallest number.</summary>
    public double Minimum { get; private set; }

    /// <summary>The largest number.</summary>
    public double Maximum { get; private set; }

    /// <summary>How many numbers there are.</summary>
    public long Values { get; private set; }

    /// <summary>Their sum.</summary>
    public double Sum { get; private set; }

    /// <summary>The sum of their squares.</summary>
    public double SumOfSquares { get; private set; }

    /// <summary>Where a bucket ends.</summary>
    public double LimitOf(int bucket) => Limits[_ends[bucket]];

    /// <summary>How many numbers are in a bucket.</summary>
    public long CountOf(int bucket) => _counts[_ends[bucket]];

    /// <summary>Counts numbers, forgetting those before.</summary>
    /// <param name="values">Finite numbers, at least one.</param>
    public void Fill<T>(ReadOnlySpan<T> values) where T : unmanaged, IFloatingPointIeee754<T>
    {
        _counts.AsSpan().Clear();
        (Values, Sum, SumOfSquares, Minimum, Maximum) = (values.Length, 0, 0, double.PositiveInfinity, double.NegativeInfinity);
        foreach (T item in values)
        {
            double value = double.CreateTruncating(item);
            Sum += value;
            SumOfSquares += value * value;
            Minimum = Math.Min(Minimum, value);
            Maximum = Math.Max(Maximum, value);
            int at = Array.BinarySearch(Limits, value);
            // A limit itself belongs to the next bucket; the largest double has none behind it.
            _counts[Math.Min(at < 0 ? ~at : at + 1, Limits.Length - 1)]++;
        }

        Count = 0;
        for (int i = 0; i < Limits.Length; i++)
        {
            bool joins = i > 0 && _counts[i] == 0 && _counts[i - 1] == 0;
            Count += joins ? 0 : 1;
            _ends[Count - 1] = i;
        }
    }

    private static double[] MakeLimits()
    {
        var positive = new List<double>();
        for (double limit = 1e-12; limit < 1e20; limit *= 1.1)
        {
            positive.Add(limit);
        }

        positive.Add(double.MaxValue);
        return [.. positive.AsEnumerable().Reverse().Select(limit => -limit), 0, .. positive];
    }
}
