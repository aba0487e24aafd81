using System.Numerics;

namespace NeuralNet.Training.Reports;

/// <summary>How numbers are spread: counts in bins of equal width between the smallest and the largest.</summary>
/// <param name="Low">The lower end of the first bin; NaN where there was nothing to count.</param>
/// <param name="High">The upper end of the last bin.</param>
/// <param name="Counts">How many numbers are in each bin, <see cref="Bins"/> of them.</param>
/// <param name="ZeroShare">The share of the numbers that are exactly zero, from 0 to 1.</param>
internal sealed record Histogram(double Low, double High, int[] Counts, double ZeroShare)
{
    /// <summary>Bins of a histogram.</summary>
    public const int Bins = 40;

    /// <summary>Whether anything was counted.</summary>
    public bool IsEmpty => double.IsNaN(Low);

    /// <summary>The histogram of numbers; what is not finite is left out.</summary>
    public static Histogram OfValues<T>(ReadOnlySpan<T> values) where T : unmanaged, IFloatingPointIeee754<T> =>
        Of(values, ofMagnitudes: false);

    /// <summary>The histogram of log₁₀|x|; what is zero or not finite is left out, and none is taken as below −100 or above 299.</summary>
    public static Histogram OfMagnitudes<T>(ReadOnlySpan<T> values) where T : unmanaged, IFloatingPointIeee754<T> =>
        Of(values, ofMagnitudes: true);

    /// <summary>Adds the counts to bins of other limits, each count spread evenly over its bin; what is outside falls into the first or last.</summary>
    /// <param name="low">The lower end of the first of the other bins.</param>
    /// <param name="high">The upper end of the last.</param>
    /// <param name="sums">What is added to.</param>
    public void AddTo(double low, double high, Span<double> sums)
    {
        double width = (High - Low) / Bins;
        double scale = sums.Length / (high - low);
        for (int bin = 0; bin < Bins && !IsEmpty; bin++)
        {
            double start = Math.Clamp((Low + (bin * width) - low) * scale, 0, sums.Length);
            double end = Math.Clamp((Low + ((bin + 1) * width) - low) * scale, start, sums.Length);
            int first = Math.Min((int)start, sums.Length - 1), last = Math.Max((int)Math.Ceiling(end) - 1, first);
            for (int target = first; target <= last; target++)
            {
                double share = end > start ? (Math.Min(end, target + 1) - Math.Max(start, target)) / (end - start) : 1;
                sums[target] += Counts[bin] * share;
            }
        }
    }

    private static Histogram Of<T>(ReadOnlySpan<T> values, bool ofMagnitudes) where T : unmanaged, IFloatingPointIeee754<T>
    {
        (double low, double high, long zeros) = (double.PositiveInfinity, double.NegativeInfinity, 0);
        foreach (T entry in values)
        {
            double value = double.CreateTruncating(entry), size = ofMagnitudes ? Math.Abs(value) : value;
            zeros += value == 0 ? 1 : 0;
            if (IsCounted(value, ofMagnitudes))
            {
                (low, high) = (Math.Min(low, size), Math.Max(high, size));
            }
        }

        var counts = new int[Bins];
        double share = (double)zeros / Math.Max(values.Length, 1);
        if (low > high)
        {
            return new Histogram(double.NaN, double.NaN, counts, share);
        }

        // Halves, since the difference of the largest numbers is infinite.
        (low, high) = (Measure(low, ofMagnitudes), Measure(high, ofMagnitudes));
        double half = (high / 2) - (low / 2);
        foreach (T entry in values)
        {
            double value = double.CreateTruncating(entry);
            if (IsCounted(value, ofMagnitudes))
            {
                double place = half > 0 ? ((Measure(value, ofMagnitudes) / 2) - (low / 2)) / half * Bins : 0;
                counts[Math.Clamp((int)place, 0, Bins - 1)]++;
            }
        }

        return new Histogram(low, high, counts, share);
    }

    private static bool IsCounted(double value, bool ofMagnitudes) => double.IsFinite(value) && (value != 0 || !ofMagnitudes);

    private static double Measure(double value, bool ofMagnitudes) => ofMagnitudes ? Math.Clamp(Math.Log10(Math.Abs(value)), -100, 299) : value;
}
