namespace NeuralNet.Training.Reports;

/// <summary>The frame of a chart as SVG: its area, grid and the labels of both axes; what is drawn in it is the chart's.</summary>
internal sealed class Plot
{
    private const double Width = 440;
    private const double Right = 14;
    private const double Top = 10;
    private const double Bottom = 40;

    private readonly double _left;
    private readonly double _height;
    private readonly string _xTitle;

    /// <summary>A frame.</summary>
    /// <param name="x">The axis below.</param>
    /// <param name="y">The axis at the left.</param>
    /// <param name="height">Height of the drawing, whose width is 440.</param>
    /// <param name="xTitle">What the axis below is called.</param>
    public Plot(Axis x, Axis y, double height, string xTitle)
    {
        (X, Y, _height, _xTitle) = (x, y, height, xTitle);
        _left = 16 + (7.2 * y.Ticks.Max(tick => tick.Label.Length));
    }

    /// <summary>The axis below.</summary>
    public Axis X { get; }

    /// <summary>The axis at the left.</summary>
    public Axis Y { get; }

    /// <summary>Left end of the area.</summary>
    public double AreaLeft => _left;

    /// <summary>Upper end of the area.</summary>
    public static double AreaTop => Top;

    /// <summary>Width of the area.</summary>
    public double AreaWidth => Width - Right - _left;

    /// <summary>Height of the area.</summary>
    public double AreaHeight => _height - Top - Bottom;

    /// <summary>Where a number of the axis below is drawn.</summary>
    public double XOf(double value) => _left + (X.At(value) * AreaWidth);

    /// <summary>Where a number of the axis at the left is drawn.</summary>
    public double YOf(double value) => Top + ((1 - Y.At(value)) * AreaHeight);

    /// <summary>Opens the drawing and draws the frame.</summary>
    /// <param name="html">Where to.</param>
    /// <param name="label">What the drawing shows, for those who do not see it.</param>
    public HtmlWriter.Scope Begin(HtmlWriter html, string label)
    {
        HtmlWriter.Scope svg = html.In("svg", ("viewBox", $"0 0 {ReportNumber.Coordinate(Width)} {ReportNumber.Coordinate(_height)}"), ("role", "img"), ("aria-label", label));
        string bottom = ReportNumber.Coordinate(Top + AreaHeight), right = ReportNumber.Coordinate(_left + AreaWidth), left = ReportNumber.Coordinate(_left);
        foreach (Tick tick in Y.Ticks)
        {
            string y = ReportNumber.Coordinate(YOf(tick.Value));
            html.Empty("line", ("class", "grid-line"), ("x1", left), ("x2", right), ("y1", y), ("y2", y));
            html.Element("text", tick.Label, ("x", ReportNumber.Coordinate(_left - 7)), ("y", ReportNumber.Coordinate(YOf(tick.Value) + 4)), ("text-anchor", "end"));
        }

        double free = double.NegativeInfinity;
        foreach (Tick tick in X.Ticks)
        {
            double x = XOf(tick.Value), half = 3.6 * tick.Label.Length;
            html.Empty(
                "line", ("class", "axis"), ("x1", ReportNumber.Coordinate(x)), ("x2", ReportNumber.Coordinate(x)), ("y1", bottom), ("y2", ReportNumber.Coordinate(Top + AreaHeight + 4)));
            if (x - half > free)
            {
                // At the right end the label keeps inside the drawing.
                double center = Math.Min(x, Width - half - 1);
                html.Element("text", tick.Label, ("x", ReportNumber.Coordinate(center)), ("y", ReportNumber.Coordinate(Top + AreaHeight + 18)), ("text-anchor", "middle"));
                free = center + half + 4;
            }
        }

        html.Empty("line", ("class", "axis"), ("x1", left), ("x2", right), ("y1", bottom), ("y2", bottom));
        html.Element(
            "text", _xTitle, ("x", ReportNumber.Coordinate(_left + (AreaWidth / 2))), ("y", ReportNumber.Coordinate(_height - 5)), ("text-anchor", "middle"));
        return svg;
    }
}
