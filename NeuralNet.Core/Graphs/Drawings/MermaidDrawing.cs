using System.Text;

namespace NeuralNet.Core.Graphs.Drawings;

/// <summary>Writes a circuit as a Mermaid flowchart.</summary>
internal static class MermaidDrawing
{
    public static string Of(IReadOnlyList<DrawnNode> nodes)
    {
        var text = new StringBuilder("flowchart LR\n");
        for (int i = 0; i < nodes.Count; i++)
        {
            DrawnNode node = nodes[i];
            string name = node.IsNamed ? $"<b>{Escape(node.Label)}</b><br/>" : "";
            text.Append(node.Symbol is null
                ? $"  n{i}([\"<b>{Escape(node.Label)}</b>\"])\n"
                : $"  n{i}{(node.Symbol.Length > 4 ? "(" : "((")}\"{name}{Escape(node.Symbol)}<br/><i>{node.PatternName}</i>\"" +
                  $"{(node.Symbol.Length > 4 ? ")" : "))")}\n");
            foreach (DrawnWire wire in node.Inputs)
            {
                text.Append($"  n{wire.Source} {Numbers(nodes[wire.Source].Value, wire.Gradient)} n{i}\n");
            }

            if (node.Uses == 0)
            {
                text.Append($"  n{i} {Numbers(node.Value, node.Gradient)} out{i}([\" \"])\n");
            }
        }

        return text.ToString();
    }

    private static string Numbers(string[] value, string[] gradient)
    {
        string[] lines =
        [
            .. value.Select(line => $"<span style='color:{Colors.Value}'>{Escape(line)}</span>"),
            .. gradient.Select(line => $"<span style='color:{Colors.Gradient}'>{Escape(line)}</span>"),
        ];
        return lines.Length == 0 ? "-->" : $"-->|\"{string.Join("<br/>", lines)}\"|";
    }

    // Inside quotes Mermaid reads entities that begin with a number sign.
    private static string Escape(string text) => text
        .Replace("#", "#35;", StringComparison.Ordinal)
        .Replace("\"", "#quot;", StringComparison.Ordinal)
        .Replace("<", "#lt;", StringComparison.Ordinal)
        .Replace(">", "#gt;", StringComparison.Ordinal)
        .Replace("`", "#96;", StringComparison.Ordinal);
}
