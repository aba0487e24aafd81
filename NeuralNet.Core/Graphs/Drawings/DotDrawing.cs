using System.Net;
using System.Text;

namespace NeuralNet.Core.Graphs.Drawings;

/// <summary>Writes a circuit in Graphviz's DOT language.</summary>
internal static class DotDrawing
{
    public static string Of(IReadOnlyList<DrawnNode> nodes)
    {
        var text = new StringBuilder("digraph circuit {\n  rankdir=LR;\n  node [fontname=\"Helvetica\", margin=\"0.05\"];\n  edge [fontname=\"Courier\", fontsize=11];\n");
        for (int i = 0; i < nodes.Count; i++)
        {
            DrawnNode node = nodes[i];
            text.Append(node.Symbol is null
                ? $"  n{i} [shape=plaintext, label=<<b>{Escape(node.Label)}</b>>];\n"
                : $"  n{i} [shape={(node.Symbol.Length > 4 ? "box, style=rounded" : "circle")}, label=<{Caption(node)}{Escape(node.Symbol)}" +
                  $"<br/><font point-size=\"9\" color=\"#868e96\">{node.PatternName}</font>>];\n");
            foreach (DrawnWire wire in node.Inputs)
            {
                text.Append($"  n{wire.Source} -> n{i} [label=<{Numbers(nodes[wire.Source].Value, wire.Gradient)}>];\n");
            }

            if (node.Uses == 0)
            {
                text.Append($"  out{i} [shape=plaintext, label=\"\"];\n  n{i} -> out{i} [label=<{Numbers(node.Value, node.Gradient)}>];\n");
            }
        }

        return text.Append("}\n").ToString();
    }

    private static string Caption(DrawnNode node) => node.IsNamed ? $"<b>{Escape(node.Label)}</b><br/>" : "";

    // An HTML-like label must not be empty.
    private static string Numbers(string[] value, string[] gradient)
    {
        string[] lines =
        [
            .. value.Select(line => $"<font color=\"{Colors.Value}\">{Escape(line)}</font>"),
            .. gradient.Select(line => $"<font color=\"{Colors.Gradient}\">{Escape(line)}</font>"),
        ];
        return lines.Length == 0 ? " " : string.Join("<br/>", lines);
    }

    private static string Escape(string text) => WebUtility.HtmlEncode(text).Replace("&#39;", "'", StringComparison.Ordinal);
}
