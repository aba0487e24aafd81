namespace NeuralNet.Training.Reports;

/// <summary>Predicted against true values, with the diagonal on which they are equal.</summary>
/// <param name="title">Which output it is.</param>
/// <param name="points">The points.</param>
internal sealed class ScatterChart(string title, IReadOnlyList<(double Actual, double Predicted)> points)
{
    private const double Height = 330;

    /// <summary>Writes the chart.</summary>
    public void Write(HtmlWriter html)
    {
        (double Actual, double Predicted)[] drawn = [.. points.Where(point => Axis.IsDrawable(point.Actual) && Axis.IsDrawable(point.Predicted))];
        Axis both = Axis.Of(drawn.SelectMany(point => (double[])[point.Actual, point.Predicted]));
        using (html.In("figure"))
        {
            html.Element("figcaption", $"{title}: predicted against true");
            var plot = new Plot(both, both, Height, "true");
            using (plot.Begin(html, $"{title}: predicted against true values of {drawn.Length} samples"))
            {
                html.Empty(
                    "line", ("class", "diagonal"), ("x1", ReportNumber.Coordinate(plot.XOf(both.Low))), ("y1", ReportNumber.Coordinate(plot.YOf(both.Low))),
                    ("x2", ReportNumber.Coordinate(plot.XOf(both.High))), ("y2", ReportNumber.Coordinate(plot.YOf(both.High))));
                foreach ((double actual, double predicted) in drawn)
                {
                    using (html.In(
                        "circle", ("class", "point"), ("cx", ReportNumber.Coordinate(plot.XOf(actual))), ("cy", ReportNumber.Coordinate(plot.YOf(predicted))), ("r", "2.6")))
                    {
                        html.Element("title", $"true {ReportNumber.Of(actual)}\npredicted {ReportNumber.Of(predicted)}");
                    }
                }
            }

            if (drawn.Length < points.Count)
            {
                html.Paragraph($"{ReportNumber.Of(points.Count - drawn.Length)} points that are not finite are not drawn.");
            }
        }
    }
}
