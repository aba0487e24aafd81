using System.Text;

namespace NeuralNet.Training.Reports;

/// <summary>A chart of curves over epochs, with a legend, and the numbers of an epoch where the mouse rests on it.</summary>
/// <param name="title">What the curves show.</param>
/// <param name="epochs">The numbers of the epochs.</param>
/// <param name="curves">The curves.</param>
/// <param name="mayBeLogarithmic">Whether the axis is logarithmic where all numbers are above 0 and span more than two decades.</param>
internal sealed class LineChart(string title, IReadOnlyList<int> epochs, IReadOnlyList<Curve> curves, bool mayBeLogarithmic)
{
    private const int MaxBands = 200;
    private const double Height = 270;

    /// <summary>Writes the chart.</summary>
    public void Write(HtmlWriter html)
    {
        using (html.In("figure"))
        {
            var plot = new Plot(Axis.OfEpochs(epochs.Min(), epochs.Max()), Axis.Of(curves.SelectMany(curve => curve.Values), mayBeLogarithmic), Height, "epoch");
            html.Element("figcaption", plot.Y.IsLogarithmic ? $"{title} (logarithmic)" : title);
            WriteLegend(html);
            using (plot.Begin(html, Description()))
            {
                foreach (Curve curve in curves)
                {
                    WriteCurve(html, plot, curve);
                }

                WriteBands(html, plot);
            }

            if (!curves.Any(curve => curve.Values.Any(Axis.IsDrawable)))
            {
                html.Paragraph("No epoch has a finite number here.");
            }
        }
    }

    private string Description() => $"{title} over {epochs.Count} epochs: " + string.Join(
        "; ", curves.Select(curve => $"{curve.Name} from {ReportNumber.Of(curve.Values[0])} to {ReportNumber.Of(curve.Values[^1])}"));

    private void WriteLegend(HtmlWriter html)
    {
        using (html.In("ul", ("class", "legend")))
        {
            foreach (Curve curve in curves)
            {
                using (html.In("li"))
                {
                    html.Element("span", "", ("class", $"key {curve.Css}"));
                    html.Text($"{curve.Name} {ReportNumber.Of(curve.Values[^1])}");
                }
            }
        }
    }

    private void WriteCurve(HtmlWriter html, Plot plot, Curve curve)
    {
        var path = new StringBuilder();
        List<(double X, double Y)> single = [];
        int run = 0;
        (double X, double Y) point = default;
        foreach (int i in curve.DrawnEpochs())
        {
            if (!Axis.IsDrawable(curve.Values[i]))
            {
                End();
                continue;
            }

            point = (plot.XOf(epochs[i]), plot.YOf(curve.Values[i]));
            path.Append(run++ == 0 ? 'M' : 'L').Append(ReportNumber.Coordinate(point.X)).Append(' ').Append(ReportNumber.Coordinate(point.Y));
        }

        End();
        if (path.Length > 0)
        {
            html.Empty("path", ("class", $"curve {curve.Css}"), ("d", path.ToString()));
        }

        foreach ((double x, double y) in single)
        {
            html.Empty("circle", ("class", $"dot {curve.Css}"), ("cx", ReportNumber.Coordinate(x)), ("cy", ReportNumber.Coordinate(y)), ("r", "3.5"));
        }

        if (curve.Best is int best && Axis.IsDrawable(curve.Values[best]))
        {
            html.Empty(
                "circle", ("class", $"best {curve.Css}"), ("cx", ReportNumber.Coordinate(plot.XOf(epochs[best]))),
                ("cy", ReportNumber.Coordinate(plot.YOf(curve.Values[best]))), ("r", "4.5"));
        }

        // A point between gaps is no line, and would not be seen.
        void End()
        {
            if (run == 1)
            {
                single.Add(point);
            }

            run = 0;
        }
    }

    // An area over each epoch, or over some where they are many, that says its numbers.
    private void WriteBands(HtmlWriter html, Plot plot)
    {
        int bands = Math.Min(epochs.Count, MaxBands);
        for (int band = 0; band < bands; band++)
        {
            int i = bands == 1 ? epochs.Count - 1 : (int)((long)band * (epochs.Count - 1) / (bands - 1));
            double width = plot.AreaWidth / bands;
            double x = Math.Max(plot.AreaLeft, Math.Min(plot.XOf(epochs[i]) - (width / 2), plot.AreaLeft + plot.AreaWidth - width));
            using (html.In(
                "rect", ("class", "band"), ("x", ReportNumber.Coordinate(x)), ("width", ReportNumber.Coordinate(width)),
                ("y", ReportNumber.Coordinate(Plot.AreaTop)), ("height", ReportNumber.Coordinate(plot.AreaHeight))))
            {
                html.Element("title", $"epoch {epochs[i]}" + string.Concat(curves.Select(curve => $"\n{curve.Name} {ReportNumber.Of(curve.Values[i])}")));
            }
        }
    }
}
