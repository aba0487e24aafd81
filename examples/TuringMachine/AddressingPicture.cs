using System.Globalization;
using System.Text;
using NeuralNet.Core;
using NeuralNet.Layers.Memory;

namespace NeuralNet.Examples.TuringMachine;

/// <summary>Where the heads stand as a sequence is copied, as SVG: above what is shown and what is given, below the weighting of the head that writes and of the one that reads, a row for each
/// location and a column for each step, white for 1.</summary>
internal static class AddressingPicture
{
    private const int Cell = 6, Gap = 24, Margin = 12;

    /// <summary>Writes the picture.</summary>
    /// <param name="path">The file; one that exists is replaced.</param>
    /// <param name="machine">The machine.</param>
    /// <param name="task">The sequence, the first of the task's.</param>
    public static void Write(string path, NeuralTuringMachine<float> machine, CopyTask task)
    {
        var cache = new Cache<float>();
        Matrix<float> output = machine.Forward(task.Inputs, cache);
        float[][] writes = [.. Enumerable.Range(0, task.Steps).Select(t => machine.WriteWeights(cache, t).Row(0).ToArray())];
        float[][] reads = [.. Enumerable.Range(0, task.Steps).Select(t => machine.ReadWeights(cache, t).Row(0).ToArray())];
        int width = task.Steps * Cell, bits = CopyTask.Channels * Cell, left = Margin, right = Margin + width + Gap, top = Margin + Gap, below = top + bits + Gap;

        // Of the circle of locations the stretch that is used, so that the picture is no larger than it need be.
        int[] used = [.. Enumerable.Range(0, machine.Locations).Where(i => writes.Concat(reads).Any(weights => weights[i] > 0.1f))];
        var svg = new StringBuilder();
        Add(svg, $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{right + width + Margin}\" height=\"{below + (used.Length * Cell) + Margin}\" shape-rendering=\"crispEdges\" font-family=\"sans-serif\" font-size=\"12\">\n");
        Add(svg, $"<title>Where the heads of a neural Turing machine stand as it copies {task.Length} vectors</title>\n<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
        Panel(svg, "shown", left, top, task.Steps, CopyTask.Channels, (t, c) => task.Inputs[0, (c * task.Steps) + t]);
        Panel(svg, "given", right, top, task.Steps, CopyTask.Bits, (t, c) => t <= task.Length ? 0 : 1 / (1 + MathF.Exp(-output[0, (c * task.Steps) + t])));
        Panel(svg, "weights of writing", left, below, task.Steps, used.Length, (t, i) => writes[t][used[i]]);
        Panel(svg, "weights of reading", right, below, task.Steps, used.Length, (t, i) => reads[t][used[i]]);
        svg.Append("</svg>\n");
        File.WriteAllText(path, svg.ToString());
    }

    private static void Panel(StringBuilder svg, string title, int left, int top, int columns, int rows, Func<int, int, float> value)
    {
        Add(svg, $"<text x=\"{left}\" y=\"{top - 6}\" fill=\"#333333\">{title}</text>\n");
        Add(svg, $"<rect x=\"{left}\" y=\"{top}\" width=\"{columns * Cell}\" height=\"{rows * Cell}\" fill=\"#000000\" stroke=\"#888888\"/>\n");
        for (int column = 0; column < columns; column++)
        {
            for (int row = 0; row < rows; row++)
            {
                int grey = (int)(255 * Math.Clamp(value(column, row), 0, 1));
                if (grey > 0)
                {
                    Add(svg, $"<rect x=\"{left + (column * Cell)}\" y=\"{top + (row * Cell)}\" width=\"{Cell}\" height=\"{Cell}\" fill=\"#{grey:x2}{grey:x2}{grey:x2}\"/>\n");
                }
            }
        }
    }

    private static void Add(StringBuilder svg, FormattableString text) => svg.Append(text.ToString(CultureInfo.InvariantCulture));
}
