using NeuralNet.Training.Fitting;

namespace NeuralNet.Training.Reports;

/// <summary>The curves of a history: training and validation of the same figure in one chart.</summary>
/// <param name="history">The history, of one epoch at least.</param>
/// <param name="isHigherBetter">Whether more of a figure is better, null where nobody knows.</param>
internal sealed class CurvesSection(TrainingHistory history, Func<string, bool?> isHigherBetter)
{
    private const string Training = "training ";
    private const string Validation = "validation ";

    /// <summary>Writes the charts and the table of last and best values.</summary>
    public void Write(HtmlWriter html)
    {
        IReadOnlyList<string> names = history.Names;
        int[] epochs = [.. history.Epochs.Select(epoch => epoch.Epoch)];
        using (html.In("div", ("class", "charts")))
        {
            foreach (IGrouping<string, string> chart in names.GroupBy(FigureOf))
            {
                Curve[] curves = [.. chart.Select(name => new Curve(PartOf(name, chart.Key), CssOf(name), history.Curve(name), PlaceOfBest(name)))];
                // Shares such as an accuracy are not looked at in decades.
                new LineChart(chart.Key, epochs, curves, mayBeLogarithmic: chart.All(name => isHigherBetter(name) != true)).Write(html);
            }
        }

        if (names.Any(name => PlaceOfBest(name) is not null))
        {
            html.Paragraph("Rings mark the best epochs of the validation.");
        }

        html.Element("h3", "Last and best");
        ReportTable.Write(html, "Last and best figures", ["figure", "last", "best", "in epoch"], names.Select(Row));
    }

    /// <summary>The best epoch by a figure, and its value; nothing where nobody knows what is better, or no epoch has a number.</summary>
    public (int Epoch, double Value)? Best(string name)
    {
        (int Epoch, double Value)? best = null;
        foreach (EpochRecord epoch in history.Epochs)
        {
            double value = epoch.Find(name) ?? double.NaN;
            if (isHigherBetter(name) is bool higher && !double.IsNaN(value) && (best is null || (higher ? value > best.Value.Value : value < best.Value.Value)))
            {
                best = (epoch.Epoch, value);
            }
        }

        return best;
    }

    private int? PlaceOfBest(string name) => name.StartsWith(Validation, StringComparison.Ordinal) && Best(name) is (int epoch, _)
        ? history.Epochs.ToList().FindIndex(record => record.Epoch == epoch)
        : null;

    private static string FigureOf(string name) => name.StartsWith(Training, StringComparison.Ordinal) ? name[Training.Length..]
        : name.StartsWith(Validation, StringComparison.Ordinal) ? name[Validation.Length..] : name;

    private static string PartOf(string name, string figure) => name.Length > figure.Length ? name[..^figure.Length].TrimEnd() : name;

    private static string CssOf(string name) => name.StartsWith(Training, StringComparison.Ordinal) ? "a" : name.StartsWith(Validation, StringComparison.Ordinal) ? "b" : "c";

    private IReadOnlyList<string> Row(string name) => Best(name) is (int epoch, double value)
        ? [name, Last(name), ReportNumber.Of(value), ReportNumber.Of(epoch)]
        : [name, Last(name), "", ""];

    private string Last(string name) => history.Last.Find(name) is double value ? ReportNumber.Of(value) : "";
}
