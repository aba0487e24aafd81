using System.Globalization;
using System.Text;

namespace NeuralNet.Training.LearningRates;

/// <summary>Draws the losses of a <see cref="LearningRateSweep"/> by the logarithm of the rate.</summary>
internal sealed class LearningRateChart
{
    private const double Width = 640, Height = 360, Left = 70, Right = 20, Top = 28, Bottom = 48;
    private const int RowsOfGrid = 5;

    private readonly StringBuilder _svg = new();
    private readonly double _first, _last, _low, _high;

    // The smoothed losses fill the height; single ones may lie outside and are cut off.
    private LearningRateChart(LearningRateSweep sweep)
    {
        _first = Math.Log10(sweep.Points[0].Rate);
        _last = Math.Max(Math.Log10(sweep.Points[^1].Rate), _first + 1e-6);
        (_low, _high) = (sweep.Points.Min(point => point.Smoothed), sweep.Points.Max(point => point.Smoothed));
        if (_high - _low <= 1e-12 * Math.Abs(_high))
        {
            double margin = _high == 0 ? 1 : Math.Abs(_high) / 2;
            (_low, _high) = (_low - margin, _high + margin);
        }
    }

    /// <summary>The picture.</summary>
    public static string Of(LearningRateSweep sweep) => new LearningRateChart(sweep).Write(sweep);

    private string Write(LearningRateSweep sweep)
    {
        Add($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" width=\"{Width}\" height=\"{Height}\" role=\"img\">");
        Add("<title>loss by learning rate</title>");
        Add("<style>svg{background:#ffffff}text{font:12px Helvetica,Arial,sans-serif;fill:#212529}.grid{stroke:#dee2e6}.loss{fill:none;stroke:#adb5bd}" +
            ".smoothed{fill:none;stroke:#1971c2;stroke-width:2}.mark{stroke:#c92a2a;stroke-dasharray:5 4}" +
            "@media(prefers-color-scheme:dark){svg{background:#1a1b1e}text{fill:#dee2e6}.grid{stroke:#373a40}.loss{stroke:#5c5f66}.smoothed{stroke:#74c0fc}.mark{stroke:#ff8787}}</style>");
        Add($"<clipPath id=\"plot\"><rect x=\"{Left}\" y=\"{Top}\" width=\"{Width - Left - Right}\" height=\"{Height - Top - Bottom}\"/></clipPath>");
        DrawGrid();
        Add($"<polyline class=\"loss\" clip-path=\"url(#plot)\" points=\"{Line(sweep, point => point.Loss)}\"/>");
        Add($"<polyline class=\"smoothed\" clip-path=\"url(#plot)\" points=\"{Line(sweep, point => point.Smoothed)}\"/>");
        if (sweep.Suggestion is double rate)
        {
            Add($"<line class=\"mark\" x1=\"{Px(X(rate))}\" x2=\"{Px(X(rate))}\" y1=\"{Top}\" y2=\"{Height - Bottom}\"/>");
            Text(X(rate), Top - 8, "middle", $"steepest at {LearningRateSweep.Text(rate)}");
        }

        Text((Left + Width - Right) / 2, Height - 10, "middle", "learning rate");
        return _svg.Append("</svg>\n").ToString();
    }

    private void DrawGrid()
    {
        for (int i = 0; i <= RowsOfGrid; i++)
        {
            double loss = double.Lerp(_low, _high, (double)i / RowsOfGrid);
            Add($"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Px(Y(loss))}\" y2=\"{Px(Y(loss))}\"/>");
            Text(Left - 8, Y(loss) + 4, "end", LearningRateSweep.Text(loss));
        }

        for (double power = Math.Ceiling(_first - 1e-9); power <= _last + 1e-9; power++)
        {
            double x = X(Math.Pow(10, power));
            Add($"<line class=\"grid\" x1=\"{Px(x)}\" x2=\"{Px(x)}\" y1=\"{Top}\" y2=\"{Height - Bottom}\"/>");
            Text(x, Height - Bottom + 18, "middle", string.Create(CultureInfo.InvariantCulture, $"1e{power}"));
        }
    }

    private string Line(LearningRateSweep sweep, Func<LearningRatePoint, double> loss) =>
        string.Join(' ', sweep.Points.Select(point => $"{Px(X(point.Rate))},{Px(Y(loss(point)))}"));

    private double X(double rate) => Left + ((Math.Log10(rate) - _first) / (_last - _first) * (Width - Left - Right));

    // A picture knows no numbers as large as a loss can be.
    private double Y(double loss) => Math.Clamp(Top + ((_high - loss) / (_high - _low) * (Height - Top - Bottom)), -Height, 2 * Height);

    private void Text(double x, double y, string anchor, string text) => Add($"<text x=\"{Px(x)}\" y=\"{Px(y)}\" text-anchor=\"{anchor}\">{text}</text>");

    private void Add(string element) => _svg.Append(element).Append('\n');

    private static string Px(double length) => length.ToString("0.#", CultureInfo.InvariantCulture);
}
