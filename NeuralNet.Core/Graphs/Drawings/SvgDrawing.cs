namespace NeuralNet.Core.Graphs.Drawings;

/// <summary>Draws a circuit as a self-contained SVG picture.</summary>
internal sealed class SvgDrawing
{
    private const double Margin = 18;
    private const double CurveLength = 40;

    private readonly IReadOnlyList<DrawnNode> _drawn;
    private readonly SvgNode[] _nodes;
    private readonly LayeredLayout _layout;
    private readonly SvgCanvas _canvas;

    private SvgDrawing(IReadOnlyList<DrawnNode> drawn)
    {
        _drawn = drawn;
        _nodes = [.. drawn.Select(node => new SvgNode(node, [.. node.Inputs.Select(Branch)]))];
        _layout = new LayeredLayout(
            [.. _nodes.Select(node => node.Box)], [.. drawn.Select(node => node.Inputs.Select(wire => wire.Source).ToArray())], CurveLength, rowGap: 12);

        LayoutBox[] all = [.. _layout.Columns.SelectMany(column => column)];
        double top = all.Min(box => box.Y - box.Above) - Margin;
        _canvas = new SvgCanvas(-Margin, top, all.Max(box => box.X + box.Width) + (2 * Margin), all.Max(box => box.Y + box.Below) - top + Margin);
    }

    public static string Of(IReadOnlyList<DrawnNode> nodes) => new SvgDrawing(nodes).Write();

    private string[] Branch(DrawnWire wire) => _drawn[wire.Source].Uses > 1 ? wire.Gradient : [];

    private string Write()
    {
        Dictionary<LayoutBox, SvgNode> nodes = _nodes.ToDictionary(node => node.Box);
        foreach (LayoutBox box in _layout.Columns.SelectMany(column => column))
        {
            DrawWiresInto(box, nodes.GetValueOrDefault(box));
        }

        foreach (SvgNode node in _nodes)
        {
            DrawNode(node);
        }

        return _canvas.ToString();
    }

    private void DrawWiresInto(LayoutBox box, SvgNode? node)
    {
        // Before the gates of a column all wires run level, so that what stands there is not struck through.
        double level = box.ColumnStart;
        for (int i = 0; i < box.From.Count; i++)
        {
            LayoutBox from = box.From[i];
            double y = box.Y + (node?.StubHeights[i] ?? 0), middle = (from.ColumnEnd + level) / 2;
            string curve = $"M{Px(from.ColumnEnd)} {Px(from.Y)}C{Px(middle)} {Px(from.Y)} {Px(middle)} {Px(y)} {Px(level)} {Px(y)}";
            if (node is null)
            {
                _canvas.Wire($"{curve}H{Px(box.ColumnEnd)}");
                continue;
            }

            double port = box.Y + node.Ports[i], end = box.X + node.Centre - node.EdgeAt(node.Ports[i]);
            _canvas.Wire(curve + (node.IsSpread ? $"H{Px(box.X - SvgNode.Bend)}L{Px(end)} {Px(port)}" : $"H{Px(end)}"));
            int width = node.Branches[i].Select(line => line.Length).DefaultIfEmpty(0).Max();
            _canvas.Numbers(
                "g b", box.X - SvgNode.Bend - 2 - (width * SvgCanvas.BranchDigitWidth / 2), y + 10.5, node.Branches[i], SvgCanvas.BranchDigitWidth, SvgCanvas.BranchLineHeight);
        }
    }

    private void DrawNode(SvgNode node)
    {
        LayoutBox box = node.Box;
        DrawnNode drawn = node.Node;
        double centre = box.X + node.Centre;
        _canvas.Wire($"M{Px(centre + node.Half)} {Px(box.Y)}H{Px(drawn.Uses == 0 ? box.X + box.Width : box.ColumnEnd)}");
        if (drawn.Symbol is null)
        {
            _canvas.Text("n", centre, box.Y + 4.5, drawn.Label);
        }
        else
        {
            _canvas.Glyph(centre, box.Y, node.Half, SvgNode.Radius, Colors.Of(drawn.Pattern));
            _canvas.Text("", centre, box.Y + 4.5, drawn.Symbol);
            _canvas.Text("p", centre, box.Y + SvgNode.Radius + 11, drawn.PatternName);
            if (drawn.IsNamed)
            {
                _canvas.Text("n", centre, box.Y - SvgNode.Radius - 6, drawn.Label);
            }
        }

        double wire = (centre + node.Centre + box.X + box.Width) / 2;
        _canvas.Numbers("v", wire, box.Y - 5 - ((drawn.Value.Length - 1) * SvgCanvas.LineHeight), drawn.Value);
        _canvas.Numbers("g", wire, box.Y + 13, drawn.Gradient);
    }

    private static string Px(double length) => SvgCanvas.Px(length);
}
