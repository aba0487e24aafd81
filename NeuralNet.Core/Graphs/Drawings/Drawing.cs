namespace NeuralNet.Core.Graphs.Drawings;

/// <summary>
/// A graph as the lecture draws it: values above the wires, gradients below them, each gate with its sign and its flow pattern.
/// A picture of the moment at which <see cref="Graph{T}.Draw"/> was called.
/// </summary>
/// <remarks>Before the first forward pass there are no values to show, before a backward pass no gradients. Where a value is used more
/// than once, each branch shows the part of the gradient that comes back through it. <b>Threads.</b> Immutable: any number.</remarks>
public sealed class Drawing
{
    internal Drawing(IReadOnlyList<DrawnNode> nodes) => Nodes = nodes;

    /// <summary>The nodes in topological order; inputs are positions in this list.</summary>
    internal IReadOnlyList<DrawnNode> Nodes { get; }

    /// <summary>The narrowest that <see cref="ToText"/> folds to.</summary>
    public const int MinTextWidth = 40;

    /// <summary>For a terminal: the circuit in line-drawing characters, and a table of its nodes. A circuit that is wider is folded: a part ends in the name of
    /// its node, and the next begins with that name. One of more than 500 lines is left to the table, which says so.</summary>
    /// <param name="width">The characters of a line, <see cref="MinTextWidth"/> or more; 180 by default. A single gate with its numbers may be wider, and so is the table.</param>
    /// <exception cref="ArgumentOutOfRangeException">The width is less than that.</exception>
    public string ToText(int width = 180)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, MinTextWidth);
        return TextDrawing.Of(Nodes, width);
    }

    /// <summary>A Mermaid flowchart, for Markdown pages.</summary>
    public string ToMermaid() => MermaidDrawing.Of(Nodes);

    /// <summary>A Graphviz graph in the DOT language.</summary>
    public string ToDot() => DotDrawing.Of(Nodes);

    /// <summary>A self-contained SVG picture: values green, gradients red.</summary>
    public string ToSvg() => SvgDrawing.Of(Nodes);

    /// <summary>The text form.</summary>
    public override string ToString() => ToText();
}
