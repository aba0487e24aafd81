namespace NeuralNet.Core.Graphs.Drawings;

/// <summary>A part of a circuit in characters, with a wire that leaves it to the right.</summary>
/// <param name="Lines">The lines, all of one width.</param>
/// <param name="Port">The line at whose end the wire leaves.</param>
internal sealed record TextBlock(List<string> Lines, int Port)
{
    public int Width => Lines[0].Length;

    /// <summary>A name.</summary>
    public static TextBlock Leaf(string label) => new([$"{label} "], 0);

    /// <summary>A gate with the wires of its inputs led to it.</summary>
    public static TextBlock Gate(string symbol, TextBlock[] inputs)
    {
        string sign = $"({symbol})";
        int bend = inputs.Max(input => input.Width) + sign.Length / 2;
        List<string> lines = [];
        List<int> ports = [];
        foreach (TextBlock input in inputs)
        {
            ports.Add(lines.Count + input.Port);
            lines.AddRange(input.Lines.Select((line, i) => line.PadRight(bend, i == input.Port ? '─' : ' ')));
        }

        int middle = (ports[0] + ports[^1]) / 2;
        int end = bend - sign.Length / 2 + sign.Length;
        for (int i = 0; i < lines.Count; i++)
        {
            bool isInside = i >= ports[0] && i <= ports[^1];
            char bendSign = i == ports[0] ? '┐' : i == ports[^1] ? '┘' : ports.Contains(i) ? '┤' : isInside ? '│' : ' ';
            lines[i] = i == middle ? lines[i][..(bend - sign.Length / 2)] + sign : (lines[i] + bendSign).PadRight(end);
        }

        return new TextBlock(lines, middle);
    }

    /// <summary>The block with a piece of wire behind it: values above, gradients below.</summary>
    public TextBlock WithWire(string[] value, string[] gradient)
    {
        int length = 2 + value.Concat(gradient).Select(line => line.Length).DefaultIfEmpty(1).Max();
        int above = Math.Max(0, value.Length - Port), below = Math.Max(0, gradient.Length - (Lines.Count - 1 - Port));
        string blank = new(' ', Width);
        List<string> lines = [.. Enumerable.Repeat(blank, above), .. Lines, .. Enumerable.Repeat(blank, below)];
        int port = Port + above;
        for (int i = 0; i < lines.Count; i++)
        {
            string text = i == port ? new string('─', length)
                : i < port && port - i <= value.Length ? Centre(value[value.Length - (port - i)], length)
                : i > port && i - port <= gradient.Length ? Centre(gradient[i - port - 1], length)
                : new string(' ', length);
            lines[i] += text;
        }

        return new TextBlock(lines, port);
    }

    /// <summary>The block with a name at the end of its wire.</summary>
    public TextBlock WithEnd(string name) => new([.. Lines.Select((line, i) => i == Port ? $"{line} {name}" : line.PadRight(Width + 1 + name.Length))], Port);

    private static string Centre(string text, int width) => text.PadLeft((width + text.Length) / 2).PadRight(width);
}
