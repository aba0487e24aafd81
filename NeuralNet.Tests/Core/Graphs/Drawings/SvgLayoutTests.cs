using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace NeuralNet.Tests.Core.Graphs.Drawings;

/// <summary>Where things stand in an SVG picture: nothing of it is left to the font or the program that shows it.</summary>
internal sealed partial class SvgLayoutTests
{
    // How far digits of 10.5 px reach above the line that they stand on.
    private const double DigitHeight = 8;

    [TestCaseSource(typeof(Circuits), nameof(Circuits.Names))]
    public void ToSvg_GradientOfABranch_IsNotStruckThroughByAWire(string circuit)
    {
        XElement svg = XDocument.Parse(Circuits.Get(circuit).Draw().ToSvg()).Root!;
        (double X, double Y)[] wires = [.. Elements(svg, "path").Where(path => (string?)path.Attribute("class") == "w").SelectMany(Points)];

        foreach (XElement text in Elements(svg, "text").Where(text => ((string?)text.Attribute("class") ?? "").StartsWith("g b", StringComparison.Ordinal)))
        {
            (double left, double right) = Extent(text);
            double line = (double)text.Attribute("y")!;
            wires.ShouldNotContain(point => point.X > left && point.X < right && point.Y > line - DigitHeight && point.Y < line + 0.5, text.Value);
        }
    }

    [Test]
    public void ToSvg_TwoUses_HaveAGradientEach()
    {
        XElement svg = XDocument.Parse(Circuits.Get("residual").Draw().ToSvg()).Root!;

        // x is used three times and h three times (twice by h·h), each with a gradient of three rows.
        Elements(svg, "text").Count(text => (string?)text.Attribute("class") == "g b e").ShouldBe(18);
    }

    [TestCase("norm")]
    [TestCase("residual")]
    public void ToSvg_RowsOfAMatrix_HaveTheirColumnsBelowEachOther(string circuit)
    {
        XElement svg = XDocument.Parse(Circuits.Get(circuit).Draw().ToSvg()).Root!;
        XElement[] rows = [.. Elements(svg, "text").Where(text => ((string?)text.Attribute("class") ?? "").EndsWith(" e", StringComparison.Ordinal))];
        rows.ShouldNotBeEmpty();

        foreach (XElement[] matrix in rows.Chunk(circuit == "norm" ? 2 : 1))
        {
            string[] places = [.. matrix.Select(row => string.Join(' ', Elements(row, "tspan").Select(word => (string?)word.Attribute("x"))))];
            places.Distinct().Count().ShouldBe(1, matrix[0].Value);
            Elements(matrix[0], "tspan").ShouldAllBe(word => !word.Value.Contains(' '));
        }

        svg.ToString().ShouldNotContain("white-space");
    }

    private static IEnumerable<XElement> Elements(XElement svg, string name) => svg.Descendants().Where(element => element.Name.LocalName == name);

    private static (double Left, double Right) Extent(XElement text)
    {
        double[] places = [.. Elements(text, "tspan").Select(word => (double)word.Attribute("x")!)];
        double half = text.Value.Length * 6.3 / 2;
        return places.Length > 0 ? (places[0] - 6.3, places[^1]) : ((double)text.Attribute("x")! - half, (double)text.Attribute("x")! + half);
    }

    // The points of a path of moves, lines and Bézier curves, close to each other.
    private static IEnumerable<(double X, double Y)> Points(XElement path)
    {
        (double X, double Y) at = default;
        foreach (Match step in Step().Matches((string)path.Attribute("d")!))
        {
            double[] n = [.. step.Groups[2].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
            (double X, double Y) from = at;
            at = step.Groups[1].Value == "H" ? (n[0], at.Y) : (n[^2], n[^1]);
            for (double t = 0; step.Groups[1].Value != "M" && t <= 1; t += 0.005)
            {
                double u = 1 - t;
                yield return step.Groups[1].Value == "C"
                    ? ((u * u * u * from.X) + (3 * u * u * t * n[0]) + (3 * u * t * t * n[2]) + (t * t * t * at.X),
                        (u * u * u * from.Y) + (3 * u * u * t * n[1]) + (3 * u * t * t * n[3]) + (t * t * t * at.Y))
                    : ((u * from.X) + (t * at.X), (u * from.Y) + (t * at.Y));
            }
        }
    }

    [GeneratedRegex("([MHLC])([^MHLC]*)")]
    private static partial Regex Step();
}
