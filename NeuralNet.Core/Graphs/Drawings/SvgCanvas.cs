using System.Globalization;
using System.Net;
using System.Text;

namespace NeuralNet.Core.Graphs.Drawings;

/// <summary>The elements of a circuit's SVG picture. Every number of a matrix has a place of its own, so that columns stand below each other in any font and
/// any program that shows the picture.</summary>
internal sealed class SvgCanvas
{
    /// <summary>The room that a character of a value or gradient takes, and of a branch's, which is smaller.</summary>
    public const double DigitWidth = 7.3;

    public const double BranchDigitWidth = 6.4;

    /// <summary>From one line of numbers to the next, and of a branch's.</summary>
    public const double LineHeight = 15;

    public const double BranchLineHeight = 12;

    private readonly StringBuilder _svg = new();

    /// <summary>A picture with a white ground.</summary>
    /// <param name="left">The left end of what is shown.</param>
    /// <param name="top">Its upper end.</param>
    /// <param name="width">Its width.</param>
    /// <param name="height">Its height.</param>
    public SvgCanvas(double left, double top, double width, double height)
    {
        Add($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"{Px(left)} {Px(top)} {Px(width)} {Px(height)}\" width=\"{Px(width)}\" height=\"{Px(height)}\" role=\"img\">");
        Add("<title>computational graph: values above the wires, gradients below them</title>");
        Add("<style>text{font-family:Helvetica,Arial,sans-serif;font-size:13px;text-anchor:middle;fill:#212529}" +
            ".v,.g{font-family:ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace;font-size:12px}" +
            $".v{{fill:{Colors.Value}}}.g{{fill:{Colors.Gradient}}}.b{{font-size:10.5px}}.e{{text-anchor:end}}" +
            ".n{font-weight:bold}.p{font-size:10px;font-style:italic;fill:#868e96}" +
            ".w{fill:none;stroke:#868e96;stroke-width:1.4}.s{stroke:#495057;stroke-width:1.4}</style>");
        Add($"<rect x=\"{Px(left)}\" y=\"{Px(top)}\" width=\"{Px(width)}\" height=\"{Px(height)}\" fill=\"#ffffff\"/>");
    }

    /// <summary>A length as it is written: one decimal.</summary>
    public static string Px(double length) => length.ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>A piece of wire.</summary>
    /// <param name="path">Its path.</param>
    public void Wire(string path) => Add($"<path class=\"w\" d=\"{path}\"/>");

    /// <summary>The outline of a gate.</summary>
    /// <param name="centre">Its middle.</param>
    /// <param name="y">The height of it.</param>
    /// <param name="half">Half its width.</param>
    /// <param name="radius">Half its height; where it is as wide as high, it is a circle.</param>
    /// <param name="fill">Its colour.</param>
    public void Glyph(double centre, double y, double half, double radius, string fill) => Add(half > radius
        ? $"<rect class=\"s\" x=\"{Px(centre - half)}\" y=\"{Px(y - radius)}\" width=\"{Px(2 * half)}\" height=\"{Px(2 * radius)}\" rx=\"9\" fill=\"{fill}\"/>"
        : $"<circle class=\"s\" cx=\"{Px(centre)}\" cy=\"{Px(y)}\" r=\"{Px(radius)}\" fill=\"{fill}\"/>");

    /// <summary>A text around a point.</summary>
    /// <param name="style">Its class.</param>
    /// <param name="x">The middle of it.</param>
    /// <param name="y">The line that it stands on.</param>
    /// <param name="text">The text.</param>
    public void Text(string style, double x, double y, string text) =>
        Add($"<text{(style.Length > 0 ? $" class=\"{style}\"" : "")} x=\"{Px(x)}\" y=\"{Px(y)}\">{WebUtility.HtmlEncode(text)}</text>");

    /// <summary>Lines of numbers around a point. The rows of a matrix are cut into brackets and numbers, each at the place that it has in its line.</summary>
    /// <param name="style">Their class.</param>
    /// <param name="x">The middle of them.</param>
    /// <param name="y">What the first line stands on.</param>
    /// <param name="lines">The lines; those of a matrix have one length.</param>
    /// <param name="digit">The width of a character.</param>
    /// <param name="height">From line to line.</param>
    public void Numbers(string style, double x, double y, string[] lines, double digit = DigitWidth, double height = LineHeight)
    {
        for (int i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith('['))
            {
                Text(style, x, y + (i * height), lines[i]);
                continue;
            }

            double left = x - (lines[i].Length * digit / 2), line = y + (i * height);
            _svg.Append($"<text class=\"{style} e\" y=\"{Px(line)}\">");
            foreach ((string word, int end) in Words(lines[i]))
            {
                _svg.Append($"<tspan x=\"{Px(left + (end * digit))}\">{WebUtility.HtmlEncode(word)}</tspan>");
            }

            Add("</text>");
        }
    }

    /// <summary>The picture.</summary>
    public override string ToString() => $"{_svg}</svg>\n";

    // The words of a line, with brackets as words of their own, and where each ends.
    private static IEnumerable<(string Word, int End)> Words(string line)
    {
        int start = 0;
        for (int i = 0; i <= line.Length; i++)
        {
            bool isBracket = i < line.Length && line[i] is '[' or ']';
            if (i > start && (i == line.Length || line[i] == ' ' || isBracket || line[start] is '[' or ']'))
            {
                yield return (line[start..i], i);
                start = i;
            }

            start = i < line.Length && line[i] == ' ' ? i + 1 : start;
        }
    }

    private void Add(string element) => _svg.Append(element).Append('\n');
}
