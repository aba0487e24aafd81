using System.Globalization;

namespace NeuralNet.Training.Reports;

/// <summary>A range of numbers with round limits and marks, linear or logarithmic.</summary>
internal sealed class Axis
{
    private const int WantedTicks = 5;

    private Axis(double low, double high, bool isLogarithmic, IReadOnlyList<Tick> ticks) =>
        (Low, High, IsLogarithmic, Ticks) = (low, high, isLogarithmic, ticks);

    /// <summary>The lower end.</summary>
    public double Low { get; }

    /// <summary>The upper end, above the lower one.</summary>
    public double High { get; }

    /// <summary>Whether equal factors, and not equal differences, have equal distances.</summary>
    public bool IsLogarithmic { get; }

    /// <summary>The marks, from low to high.</summary>
    public IReadOnlyList<Tick> Ticks { get; }

    /// <summary>Whether a number can be drawn: it is finite, and so small that differences are finite as well.</summary>
    public static bool IsDrawable(double value) => Math.Abs(value) <= 1e300;

    /// <summary>Where a number is on the axis, 0 at its lower end and 1 at its upper one.</summary>
    public double At(double value) => IsLogarithmic
        ? (Math.Log10(value) - Math.Log10(Low)) / (Math.Log10(High) - Math.Log10(Low))
        : (value - Low) / (High - Low);

    /// <summary>The axis of some numbers; those that cannot be drawn are left out.</summary>
    /// <param name="values">The numbers.</param>
    /// <param name="mayBeLogarithmic">Whether it is logarithmic where all are above 0 and span more than two decades.</param>
    public static Axis Of(IEnumerable<double> values, bool mayBeLogarithmic = false)
    {
        (double low, double high) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (double value in values.Where(IsDrawable))
        {
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
        }

        return low > high ? Linear(0, 1) : mayBeLogarithmic && low > 1e-290 && high > 100 * low ? Logarithmic(low, high) : Linear(low, high);
    }

    /// <summary>The axis of epochs from one to another, with marks at whole numbers.</summary>
    /// <param name="first">The first epoch.</param>
    /// <param name="last">The last epoch.</param>
    /// <param name="room">What is left at both ends: ½ where an epoch is a column, 0 (the default) where it is a point; a single epoch has ½ in any case.</param>
    public static Axis OfEpochs(int first, int last, double room = 0)
    {
        if (first == last)
        {
            return new Axis(first - 0.5, first + 0.5, false, [new(first, Text(first, 0))]);
        }

        double step = Math.Max(1, Step(((double)last - first) / WantedTicks));
        var ticks = new List<Tick>();
        for (double value = Math.Ceiling(first / step) * step; value <= last; value += step)
        {
            ticks.Add(new(value, Text(value, 0)));
        }

        // The first epoch is worth a mark where none is near.
        if (ticks.Count == 0 || ticks[0].Value - first > 0.6 * step)
        {
            ticks.Insert(0, new(first, Text(first, 0)));
        }

        return new Axis(first - room, last + room, false, ticks);
    }

    private static Axis Linear(double low, double high)
    {
        if (high - low <= 1e-9 * Math.Max(Math.Abs(low), Math.Abs(high)) || high - low < 1e-290)
        {
            double room = Math.Max(Math.Abs(low), Math.Abs(high)) is > 1e-280 and double size ? 0.1 * size : 1;
            (low, high) = (low - room, high + room);
        }

        double step = Step((high - low) / WantedTicks);
        double first = Math.Floor((low / step) + 1e-6), last = Math.Ceiling((high / step) - 1e-6);
        int decimals = (int)Math.Max(0, -Math.Floor(Math.Log10(step) + 1e-6));
        List<Tick> ticks = [];
        for (double i = first; i <= last; i++)
        {
            double value = i * step;
            ticks.Add(new(value, decimals <= 4 && Math.Abs(value) < 1e6 ? Text(value, decimals) : ReportNumber.Of(value)));
        }

        return new Axis(first * step, last * step, false, ticks);
    }

    private static Axis Logarithmic(double low, double high)
    {
        int first = (int)Math.Floor(Math.Log10(low) + 1e-9), last = (int)Math.Ceiling(Math.Log10(high) - 1e-9);
        int every = Math.Max(1, (int)Math.Ceiling((last - first) / 6.0));
        List<Tick> ticks = [];
        for (int decade = first; decade <= last; decade += every)
        {
            double value = Math.Pow(10, decade);
            ticks.Add(new(value, ReportNumber.Of(value)));
        }

        return new Axis(Math.Pow(10, first), Math.Pow(10, last), true, ticks);
    }

    // The round number, 1, 2 or 5 times a power of ten, that is next above.
    private static double Step(double atLeast)
    {
        double decade = Math.Pow(10, Math.Floor(Math.Log10(atLeast)));
        double digits = atLeast / decade;
        return decade * (digits <= 1.0001 ? 1 : digits <= 2.0001 ? 2 : digits <= 5.0001 ? 5 : 10);
    }

    private static string Text(double value, int decimals) =>
        value.ToString($"#,0.{new string('0', decimals)}", CultureInfo.InvariantCulture).Replace('-', '−');
}
