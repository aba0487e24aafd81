namespace NeuralNet.Training.Reports;

/// <summary>Histograms over time as one picture: an epoch is a column, and the more numbers a bin has, the stronger its colour.</summary>
/// <param name="title">What was counted.</param>
/// <param name="epochs">The epochs' numbers, in order.</param>
/// <param name="histograms">A histogram for each, perhaps an empty one.</param>
/// <param name="color">Red, green and blue; the opacity says how many there are, so that it does on light and dark pages.</param>
/// <param name="isLogarithm">Whether the histograms are of log₁₀ of what the axis shows.</param>
internal sealed class HistogramStrip(
    string title, IReadOnlyList<int> epochs, IReadOnlyList<Histogram> histograms, (byte Red, byte Green, byte Blue) color, bool isLogarithm)
{
    private const int Rows = 48;
    private const int MaxColumns = 160;
    private const double Height = 170;
    private const double MaxDecades = 12;

    /// <summary>Writes the picture, or that there is nothing to be seen.</summary>
    public void Write(HtmlWriter html)
    {
        using (html.In("div", ("class", "strip")))
        {
            html.Element("h4", title);
            Histogram[] filled = [.. histograms.Where(histogram => !histogram.IsEmpty)];
            if (filled.Length == 0)
            {
                html.Paragraph(isLogarithm ? "No gradient but zero reached it." : "No finite numbers.");
                return;
            }

            (double low, double high) = (filled.Min(histogram => histogram.Low), filled.Max(histogram => histogram.High));
            low = isLogarithm ? Math.Max(low, high - MaxDecades) : low;
            Axis y = isLogarithm
                ? Axis.Of([Math.Pow(10, Math.Floor(low)), Math.Pow(10, Math.Max(Math.Floor(low) + 3, Math.Ceiling(high)))], mayBeLogarithmic: true)
                : Axis.Of([low, high]);
            var plot = new Plot(Axis.OfEpochs(epochs[0], epochs[^1], room: 0.5), y, Height, "epoch");
            using (plot.Begin(html, $"{title}: from {Number(filled[^1].Low)} to {Number(filled[^1].High)} in the last epoch"))
            {
                html.Empty(
                    "image", ("href", Picture(isLogarithm ? Math.Log10(y.Low) : y.Low, isLogarithm ? Math.Log10(y.High) : y.High)), ("preserveAspectRatio", "none"),
                    ("x", ReportNumber.Coordinate(plot.AreaLeft)), ("y", ReportNumber.Coordinate(Plot.AreaTop)),
                    ("width", ReportNumber.Coordinate(plot.AreaWidth)), ("height", ReportNumber.Coordinate(plot.AreaHeight)));
            }
        }
    }

    private string Number(double value) => ReportNumber.Of(isLogarithm ? Math.Pow(10, value) : value);

    private string Picture(double low, double high)
    {
        const int Channels = 4;
        int columns = Math.Min(epochs[^1] - epochs[0] + 1, MaxColumns);
        var pixels = new byte[Rows * columns * Channels];
        var sums = new double[Rows];
        for ((int column, int at) = (0, 0); column < columns; column++)
        {
            double epoch = epochs[0] + (columns == 1 ? 0 : (double)column * (epochs[^1] - epochs[0]) / (columns - 1));
            while (at + 1 < epochs.Count && Math.Abs(epochs[at + 1] - epoch) <= Math.Abs(epochs[at] - epoch))
            {
                at++;
            }

            sums.AsSpan().Clear();
            histograms[at].AddTo(low, high, sums);
            double most = Math.Max(sums.Max(), double.Epsilon);
            for (int row = 0; row < Rows; row++)
            {
                // The root, so that thin tails are seen beside the peak.
                int pixel = ((row * columns) + column) * Channels;
                (pixels[pixel], pixels[pixel + 1], pixels[pixel + 2]) = color;
                pixels[pixel + 3] = (byte)Math.Round(255 * Math.Sqrt(sums[Rows - 1 - row] / most));
            }
        }

        return PngData.Uri(pixels, Rows, columns, Channels);
    }
}
