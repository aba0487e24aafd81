using System.Globalization;
using NeuralNet.Core.Text;

namespace NeuralNet.Training.LearningRates;

/// <summary>What a <see cref="LearningRateFinder"/> has found: the losses by their rates, and what rate they suggest.</summary>
public sealed class LearningRateSweep
{
    internal LearningRateSweep(IReadOnlyList<LearningRatePoint> points, bool isDiverged)
    {
        (Points, IsDiverged) = (points, isDiverged);
        int minimum = Enumerable.Range(0, points.Count).MinBy(i => points[i].Smoothed);
        TenthOfMinimum = points[minimum].Rate / 10;

        // The first means are of few losses, and behind the minimum nothing is to be gained.
        int first = Math.Max(1, points.Count / 10), count = minimum - first;
        if (count > 0)
        {
            int steepest = Enumerable.Range(first, count).MinBy(Slope);
            Suggestion = Slope(steepest) < 0 ? points[steepest].Rate : null;
        }

        double Slope(int i) => points[i + 1].Smoothed - points[i - 1].Smoothed;
    }

    /// <summary>The steps, in order; at least one.</summary>
    public IReadOnlyList<LearningRatePoint> Points { get; }

    /// <summary>Whether the loss grew beyond all measure, so that the search ended before its last rate.</summary>
    public bool IsDiverged { get; }

    /// <summary>The rate where the smoothed loss falls most steeply along the logarithm of the rate (centred differences), before its minimum and without the first tenth of the
    /// steps; null where it does not fall.</summary>
    public double? Suggestion { get; }

    /// <summary>A tenth of the rate at which the smoothed loss is the least: the other usual choice, most often a smaller one.</summary>
    public double TenthOfMinimum { get; }

    /// <summary>The curve on a logarithmic axis of rates, as a self-contained SVG picture for light and dark pages.</summary>
    public string ToSvg() => LearningRateChart.Of(this);

    /// <summary>A table of rates and losses, and what they suggest.</summary>
    public override string ToString()
    {
        var table = new TextTable("rate", "loss", "smoothed");
        foreach ((double rate, double loss, double smoothed) in Points)
        {
            table.Add(Text(rate), Text(loss), Text(smoothed));
        }

        return $"{table}  {(Suggestion is double rate1 ? $"steepest at {Text(rate1)}" : "the loss does not fall")}, a tenth of the minimum's rate is {Text(TenthOfMinimum)}" +
            $"{(IsDiverged ? "; diverged" : "")}\n";
    }

    /// <summary>A number with four digits.</summary>
    internal static string Text(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
}
