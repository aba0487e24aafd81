namespace NeuralNet.Core.Graphs.Drawings;

/// <summary>The measures of a node in an SVG picture, from the height of its wire and the left end of its place.</summary>
internal sealed class SvgNode
{
    /// <summary>Half the height of a gate.</summary>
    public const double Radius = 19;

    /// <summary>The length of the piece between a branch's numbers and the outline.</summary>
    public const double Bend = 9;

    private const double LetterWidth = 7.6;
    private const double CaptionLetterWidth = 5.2;
    private const double PortGap = 11;
    private const double PortSpread = 20;

    private readonly double[] _slots;

    /// <summary>Measures a node.</summary>
    /// <param name="node">The node.</param>
    /// <param name="branches">The lines of the gradient that stand at each of its inputs; none where the wire is the only one of its value.</param>
    public SvgNode(DrawnNode node, string[][] branches)
    {
        Node = node;
        Branches = branches;
        Half = node.Symbol is null ? (node.Label.Length * LetterWidth / 2) + 5 : Math.Max(Radius, (node.Symbol.Length * LetterWidth / 2) + 8);
        Ports = [.. branches.Select((_, i) => branches.Length == 1 ? 0 : ((i / (branches.Length - 1.0)) - 0.5) * Math.Min(PortSpread, PortGap * (branches.Length - 1)))];
        _slots = Slots();
        IsSpread = branches.Any(lines => lines.Length > 0);
        double caption = node.Symbol is null ? 0 : Math.Max(node.PatternName.Length * CaptionLetterWidth, node.IsNamed ? node.Label.Length * LetterWidth : 0) / 2;
        Centre = Math.Max(Half, caption);
        double numbers = node.Value.Concat(node.Gradient).Select(line => line.Length).DefaultIfEmpty(0).Max() * SvgCanvas.DigitWidth;
        double below = node.Symbol is null ? 8 : Radius + 14;
        int widest = branches.SelectMany(lines => lines).Select(line => line.Length).DefaultIfEmpty(0).Max();
        Box = new LayoutBox
        {
            Before = IsSpread ? (widest * SvgCanvas.BranchDigitWidth) + 4 + Bend : 0,
            Width = (2 * Centre) + numbers + 14,
            Above = new[] { node.Symbol is not null && node.IsNamed ? Radius + 18 : below, (node.Value.Length * SvgCanvas.LineHeight) + 4, 4 - _slots.FirstOrDefault() }.Max(),
            Below = new[] { below, (node.Gradient.Length * SvgCanvas.LineHeight) + 4, IsSpread ? _slots[^1] + Height(branches[^1]) + 4 : 0 }.Max(),
        };
    }

    public DrawnNode Node { get; }

    public string[][] Branches { get; }

    /// <summary>Half the width of its outline.</summary>
    public double Half { get; }

    /// <summary>From the left end of its place to its middle.</summary>
    public double Centre { get; }

    /// <summary>The heights at which wires meet the outline, from the height of the node.</summary>
    public double[] Ports { get; }

    /// <summary>The heights of the pieces before the outline on which branches' gradients stand.</summary>
    public IReadOnlyList<double> StubHeights => _slots;

    /// <summary>Whether an input has a gradient of its own to show.</summary>
    public bool IsSpread { get; }

    /// <summary>Its place.</summary>
    public LayoutBox Box { get; }

    /// <summary>From the node's middle to where a wire at some height meets the outline.</summary>
    public double EdgeAt(double port) => Half > Radius ? Half : Math.Sqrt((Radius * Radius) - (port * port));

    private static double Height(string[] lines) => lines.Length * SvgCanvas.BranchLineHeight;

    // Gradients stand below their pieces of wire, which keep so far apart that none goes through one.
    private double[] Slots()
    {
        if (!Branches.Any(lines => lines.Length > 0))
        {
            return Ports;
        }

        double[] slots = new double[Branches.Length];
        for (int i = 1; i < slots.Length; i++)
        {
            slots[i] = slots[i - 1] + Math.Max(PortGap, Height(Branches[i - 1]) + 5);
        }

        double middle = slots[^1] / 2;
        return Array.ConvertAll(slots, slot => slot - middle);
    }
}
