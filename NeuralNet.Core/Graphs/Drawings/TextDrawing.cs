using NeuralNet.Core.Text;

namespace NeuralNet.Core.Graphs.Drawings;

/// <summary>Draws a circuit for a terminal: line-drawing characters, and a table of the nodes.</summary>
internal static class TextDrawing
{
    private const int MaxLines = 500;
    private const string Margin = "  ";

    public static string Of(IReadOnlyList<DrawnNode> nodes, int width)
    {
        List<string>? circuit = Circuit(nodes, width - Margin.Length, out bool isFolded);
        string above = circuit is null ? $"{Margin}(more than {MaxLines} lines of text: only the table is shown; ToSvg draws the circuit)\n"
            : $"{(isFolded ? $"{Margin}(folded: where a part ends in a name, that name stands for it below)\n\n" : "")}{Text(circuit)}";
        return $"{above}\n{Table(nodes)}";
    }

    private static string Text(List<string> circuit) => string.Concat(circuit.Select(line => $"{Margin}{line}".TrimEnd() + '\n'));

    // Every gate becomes a block of lines made of the blocks of its inputs. A value that is used more than once is drawn once, and named where it is used
    // again. Where a gate would reach beyond the width, the widest of its inputs is drawn first, by itself, and named here.
    private static List<string>? Circuit(IReadOnlyList<DrawnNode> nodes, int width, out bool isFolded)
    {
        var blocks = new Dictionary<int, TextBlock>();
        var lines = new List<string>();
        isFolded = false;
        for (int i = 0; i < nodes.Count; i++)
        {
            DrawnNode node = nodes[i];
            TextBlock block = Block(nodes, blocks, node);
            while (block.WithWire(node.Value, node.Gradient).WithEnd(node.Label).Width > width && Widest(nodes, blocks, node) is { } wide)
            {
                lines.AddRange(blocks[wide].WithWire(nodes[wide].Value, nodes[wide].Gradient).WithEnd(nodes[wide].Label).Lines);
                lines.Add("");
                blocks[wide] = TextBlock.Leaf(nodes[wide].Label);
                isFolded = true;
                block = Block(nodes, blocks, node);
            }

            foreach (DrawnWire wire in node.Inputs)
            {
                blocks[wire.Source] = TextBlock.Leaf(nodes[wire.Source].Label);
            }

            if (lines.Count + block.Lines.Count > MaxLines)
            {
                return null;
            }

            blocks[i] = block;
        }

        foreach (int root in Enumerable.Range(0, nodes.Count).Where(i => nodes[i].Uses == 0))
        {
            lines.AddRange(blocks[root].WithWire(nodes[root].Value, nodes[root].Gradient).WithEnd(nodes[root].IsNamed ? nodes[root].Label : "").Lines);
        }

        return lines.Count > MaxLines ? null : lines;
    }

    private static TextBlock Block(IReadOnlyList<DrawnNode> nodes, Dictionary<int, TextBlock> blocks, DrawnNode node)
    {
        var drawn = new HashSet<int>();
        return node.Symbol is null
            ? TextBlock.Leaf(node.Label)
            : TextBlock.Gate(node.Symbol, [.. node.Inputs.Select(wire =>
                (drawn.Add(wire.Source) ? blocks[wire.Source] : TextBlock.Leaf(nodes[wire.Source].Label)).WithWire(nodes[wire.Source].Value, wire.Gradient))]);
    }

    // The input whose block is the widest, of those that are more than a name.
    private static int? Widest(IReadOnlyList<DrawnNode> nodes, Dictionary<int, TextBlock> blocks, DrawnNode node) =>
        node.Inputs.Select(wire => wire.Source).Distinct()
            .Where(source => blocks[source].Width > TextBlock.Leaf(nodes[source].Label).Width)
            .OrderByDescending(source => blocks[source].Width).Select(source => (int?)source).FirstOrDefault();

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
        return parts.Length > 1 && parts.Length == node.Uses && !node.IsRoot
            ? $"{parts[0]}{string.Concat(parts.Skip(1).Select(part => part.StartsWith('−') ? $" − {part[1..]}" : $" + {part}"))} = {sum}"
            : sum;
    }
}
