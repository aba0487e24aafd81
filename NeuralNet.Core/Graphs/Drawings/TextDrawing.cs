using System.Text;
using NeuralNet.Core.Text;

namespace NeuralNet.Core.Graphs.Drawings;

/// <summary>Draws a circuit for a terminal: line-drawing characters, and a table of the nodes.</summary>
internal static class TextDrawing
{
    private const int MaxWidth = 180;
    private const int MaxLines = 120;

    public static string Of(IReadOnlyList<DrawnNode> nodes)
    {
        string circuit = Circuit(nodes);
        return circuit.Length == 0 ? Table(nodes) : $"{circuit}\n{Table(nodes)}";
    }

    // Every gate becomes a block of lines made of the blocks of its inputs. A value that is used more than once is drawn once, and
    // named where it is used again; a graph that gets too wide or too long for a terminal is left to the table.
    private static string Circuit(IReadOnlyList<DrawnNode> nodes)
    {
        var blocks = new Dictionary<int, TextBlock>();
        for (int i = 0; i < nodes.Count; i++)
        {
            DrawnNode node = nodes[i];
            TextBlock block = node.Symbol is null
                ? TextBlock.Leaf(node.Label)
                : TextBlock.Gate(node.Symbol, [.. node.Inputs.Select(wire => Input(nodes, blocks, wire))]);
            if (block.Width > MaxWidth || block.Lines.Count > MaxLines)
            {
                return "";
            }

            blocks[i] = block;
        }

        var text = new StringBuilder();
        foreach (int root in Enumerable.Range(0, nodes.Count).Where(i => nodes[i].Uses == 0))
        {
            TextBlock block = blocks[root].WithWire(nodes[root].Value, nodes[root].Gradient).WithEnd(nodes[root].IsNamed ? nodes[root].Label : "");
            block.Lines.ForEach(line => text.Append("  ").Append(line.TrimEnd()).Append('\n'));
        }

        return text.ToString();
    }

    private static TextBlock Input(IReadOnlyList<DrawnNode> nodes, Dictionary<int, TextBlock> blocks, DrawnWire wire)
    {
        TextBlock block = blocks[wire.Source];
        blocks[wire.Source] = TextBlock.Leaf(nodes[wire.Source].Label);
        return block.WithWire(nodes[wire.Source].Value, wire.Gradient);
    }

    private static string Table(IReadOnlyList<DrawnNode> nodes)
    {
        var table = new TextTable("node", "gate", "pattern", "value", "gradient");
        foreach (DrawnNode node in nodes)
        {
            string inputs = string.Join(", ", node.Inputs.Select(wire => nodes[wire.Source].Label));
            table.Add(
                node.Label, node.Gate is null ? "" : $"{node.Gate}({inputs})", node.Gate is null ? "" : node.PatternName,
                string.Join(' ', node.Value), Gradient(nodes, node));
        }

        return table.ToString();
    }

    // Where branches meet, the parts are written out: 2 + 3 = 5.
    private static string Gradient(IReadOnlyList<DrawnNode> nodes, DrawnNode node)
    {
        string sum = string.Join(' ', node.Gradient);
        string[] parts = [.. nodes
            .SelectMany(user => user.Inputs)
            .Where(wire => ReferenceEquals(nodes[wire.Source], node) && wire.Gradient.Length == 1)
            .Select(wire => wire.Gradient[0])];
        return parts.Length > 1 && parts.Length == node.Uses ? $"{string.Join(" + ", parts)} = {sum}" : sum;
    }
}
