using System.Globalization;
using System.Net;
using System.Text;

namespace NeuralNet.Core.Graphs.Drawings;

/// <summary>Draws a circuit as a self-contained SVG picture.</summary>
internal sealed class SvgDrawing
{
    private const double Radius = 19;
    private const double DigitWidth = 7.3;
    private const double LetterWidth = 7.6;
    private const double LineHeight = 15;
    private const double Margin = 18;

    private readonly IReadOnlyList<DrawnNode> _nodes;
    private readonly LayoutBox[] _boxes;
    private readonly LayeredLayout _layout;
    private readonly StringBuilder _svg = new();

    private SvgDrawing(IReadOnlyList<DrawnNode> nodes)
    {
        _nodes = nodes;
        _boxes = [.. nodes.Select(Box)];
        bool hasBranches = nodes.Any(node => node.Inputs.Any(wire => IsBranch(wire)));
        _layout = new LayeredLayout(
            _boxes, [.. nodes.Select(node => node.Inputs.Select(wire => wire.Source).ToArray())], hasBranches ? 62 : 40, rowGap: 12);
    }

    public static string Of(IReadOnlyList<DrawnNode> nodes) => new SvgDrawing(nodes).Write();

    private static double HalfGlyph(DrawnNode node) => node.Symbol is null
        ? node.Label.Length * LetterWidth / 2 + 5
        : Math.Max(Radius, node.Symbol.Length * LetterWidth / 2 + 8);

    // The piece of wire on which the numbers stand.
    private static double WireLength(DrawnNode node) =>
        node.Value.Concat(node.Gradient).Select(line => line.Length).DefaultIfEmpty(0).Max() * DigitWidth + 14;

    private static LayoutBox Box(DrawnNode node, int index)
    {
        double caption = node.Symbol is null ? 8 : Radius + 14;
        double name = node.Symbol is not null && node.IsNamed ? Radius + 18 : caption;
        return new LayoutBox
        {
            Node = index,
            Width = 2 * HalfGlyph(node) + WireLength(node),
            Above = Math.Max(name, node.Value.Length * LineHeight + 4),
            Below = Math.Max(caption, node.Gradient.Length * LineHeight + 4),
        };
    }

    private bool IsBranch(DrawnWire wire) => wire.Gradient.Length > 0 && _nodes[wire.Source].Uses > 1;

    private string Write()
    {
        LayoutBox[] all = [.. _layout.Columns.SelectMany(column => column)];
        double top = all.Min(box => box.Y - box.Above) - Margin;
        double height = all.Max(box => box.Y + box.Below) - top + Margin;
        double width = all.Max(box => box.X + box.Width) + 2 * Margin;
        string view = string.Create(CultureInfo.InvariantCulture, $"{-Margin:0.#} {top:0.#} {width:0.#} {height:0.#}");
        Add($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"{view}\" width=\"{Px(width)}\" height=\"{Px(height)}\" role=\"img\">");
        Add("<title>computational graph: values above the wires, gradients below them</title>");
        Add("<style>text{font-family:Helvetica,Arial,sans-serif;font-size:13px;text-anchor:middle;fill:#212529}" +
            ".v,.g{font-family:ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace;font-size:12px;white-space:pre}" +
            $".v{{fill:{Colors.Value}}}.g{{fill:{Colors.Gradient}}}.b{{font-size:10.5px;text-anchor:end}}" +
            ".n{font-weight:bold}.p{font-size:10px;font-style:italic;fill:#868e96}" +
            ".w{fill:none;stroke:#868e96;stroke-width:1.4}.s{stroke:#495057;stroke-width:1.4}</style>");
        Add($"<rect x=\"{Px(-Margin)}\" y=\"{Px(top)}\" width=\"{Px(width)}\" height=\"{Px(height)}\" fill=\"#ffffff\"/>");
        foreach (LayoutBox box in all)
        {
            DrawWiresInto(box);
        }

        foreach (LayoutBox box in _boxes)
        {
            DrawNode(box, _nodes[box.Node]);
        }

        return _svg.Append("</svg>\n").ToString();
    }

    private void DrawWiresInto(LayoutBox box)
    {
        for (int i = 0; i < box.From.Count; i++)
        {
            LayoutBox from = box.From[i];
            double port = box.From.Count == 1 ? 0 : (i / (box.From.Count - 1.0) - 0.5) * Math.Min(20, 11 * (box.From.Count - 1));
            double right = from.X + from.Width;
            double end = box.Node < 0 || _nodes[box.Node].Symbol!.Length > 2 ? box.X : box.X + Radius - Math.Sqrt(Radius * Radius - port * port);
            double y = box.Y + port;
            double middle = (from.ColumnEnd + box.X) / 2;
            Add($"<path class=\"w\" d=\"M{Px(right)} {Px(from.Y)}H{Px(from.ColumnEnd)}C{Px(middle)} {Px(from.Y)} {Px(middle)} {Px(y)} {Px(end)} {Px(y)}" +
                (box.Node < 0 ? $"H{Px(box.ColumnEnd)}" : "") + "\"/>");
            if (box.Node >= 0 && IsBranch(_nodes[box.Node].Inputs[i]) && _nodes[box.Node].Inputs[i].Gradient is [string branch])
            {
                // On the side where no wire is: outside of several, away from where a single one comes from.
                bool isAbove = box.From.Count > 1 ? i < box.From.Count / 2.0 : from.Y > y;
                Text("g b", end - 4, isAbove ? y - 4 : y + 11, branch);
            }
        }
    }

    private void DrawNode(LayoutBox box, DrawnNode node)
    {
        double half = HalfGlyph(node), center = box.X + half, right = box.X + 2 * half;
        Add($"<path class=\"w\" d=\"M{Px(right)} {Px(box.Y)}H{Px(box.X + box.Width)}\"/>");
        if (node.Symbol is null)
        {
            Text("n", center, box.Y + 4.5, node.Label);
        }
        else
        {
            Add(half > Radius
                ? $"<rect class=\"s\" x=\"{Px(box.X)}\" y=\"{Px(box.Y - Radius)}\" width=\"{Px(2 * half)}\" height=\"{Px(2 * Radius)}\" rx=\"9\" fill=\"{Colors.Of(node.Pattern)}\"/>"
                : $"<circle class=\"s\" cx=\"{Px(center)}\" cy=\"{Px(box.Y)}\" r=\"{Px(Radius)}\" fill=\"{Colors.Of(node.Pattern)}\"/>");
            Text("", center, box.Y + 4.5, node.Symbol);
            Text("p", center, box.Y + Radius + 11, node.PatternName);
            if (node.IsNamed)
            {
                Text("n", center, box.Y - Radius - 6, node.Label);
            }
        }

        double wire = (right + box.X + box.Width) / 2;
        for (int line = 0; line < node.Value.Length; line++)
        {
            Text("v", wire, box.Y - 5 - (node.Value.Length - 1 - line) * LineHeight, node.Value[line]);
        }

        for (int line = 0; line < node.Gradient.Length; line++)
        {
            Text("g", wire, box.Y + 13 + line * LineHeight, node.Gradient[line]);
        }
    }

    private void Text(string style, double x, double y, string text) =>
        Add($"<text{(style.Length > 0 ? $" class=\"{style}\"" : "")} x=\"{Px(x)}\" y=\"{Px(y)}\">{WebUtility.HtmlEncode(text)}</text>");

    private void Add(string element) => _svg.Append(element).Append('\n');

    private static string Px(double length) => length.ToString("0.#", CultureInfo.InvariantCulture);
}
