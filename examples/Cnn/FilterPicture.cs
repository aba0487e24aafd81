using System.Globalization;
using System.Text;

namespace NeuralNet.Examples.Cnn;

/// <summary>The filters of the first convolution as SVG, a row each: the weights, blue above and red below zero, and beside them the places of images that they answer to
/// most.</summary>
internal static class FilterPicture
{
    private const int Cell = 8, Gap = 12, RowsOfPicture = 8;

    /// <summary>Writes the picture.</summary>
    /// <param name="path">The file; one that exists is replaced.</param>
    /// <param name="answers">The filters and what they answer to.</param>
    public static void Write(string path, FilterAnswers answers)
    {
        const int Side = DigitNetwork.Kernel * Cell;
        int width = (FilterAnswers.Places + 1) * (Side + Gap), columns = (DigitNetwork.Filters + RowsOfPicture - 1) / RowsOfPicture;
        var svg = new StringBuilder();
        Add(svg, $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{(columns * (width + Gap)) + Gap}\" height=\"{(RowsOfPicture * (Side + Gap)) + Gap}\" shape-rendering=\"crispEdges\">\n");
        Add(svg, $"<title>Filters of the first convolution, and what they answer to</title>\n<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
        float largest = Enumerable.Range(0, DigitNetwork.Filters).SelectMany(_ => Cells(), (filter, cell) => Math.Abs(answers.Weight(filter, cell.Y, cell.X))).Max();
        for (int filter = 0; filter < DigitNetwork.Filters; filter++)
        {
            int left = Gap + (filter / RowsOfPicture * (width + Gap)), top = Gap + (filter % RowsOfPicture * (Side + Gap));
            foreach ((int y, int x) in Cells())
            {
                Square(svg, left, top, y, x, OfWeight(answers.Weight(filter, y, x) / largest));
                for (int i = 0; i < answers.Strongest[filter].Length; i++)
                {
                    (int image, int position) = answers.Strongest[filter][i];
                    int grey = 255 - (int)(255 * Math.Clamp(answers.Ink(image, position, y, x), 0, 1));
                    Square(svg, left + ((i + 1) * (Side + Gap)), top, y, x, (grey, grey, grey));
                }
            }
        }

        svg.Append("</svg>\n");
        File.WriteAllText(path, svg.ToString());
    }

    private static IEnumerable<(int Y, int X)> Cells() =>
        Enumerable.Range(0, DigitNetwork.Kernel).SelectMany(_ => Enumerable.Range(0, DigitNetwork.Kernel), (y, x) => (y, x));

    private static (int R, int G, int B) OfWeight(float weight)
    {
        int rest = 255 - (int)(255 * Math.Min(1, Math.Abs(weight)));
        return weight < 0 ? (255, rest, rest) : (rest, rest, 255);
    }

    private static void Square(StringBuilder svg, int left, int top, int y, int x, (int R, int G, int B) color) =>
        Add(svg, $"<rect x=\"{left + (x * Cell)}\" y=\"{top + (y * Cell)}\" width=\"{Cell}\" height=\"{Cell}\" fill=\"#{color.R:x2}{color.G:x2}{color.B:x2}\"/>\n");

    private static void Add(StringBuilder svg, FormattableString text) => svg.Append(text.ToString(CultureInfo.InvariantCulture));
}
