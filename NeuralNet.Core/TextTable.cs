using System.Text;

namespace NeuralNet.Core;

/// <summary>Rows of text under headings, in columns as wide as their widest cell.</summary>
internal sealed class TextTable
{
    private readonly List<string[]> _rows = [];

    public TextTable(params string[] headings) => _rows.Add(headings);

    /// <summary>Adds a row.</summary>
    /// <param name="cells">One for each heading.</param>
    public void Add(params string[] cells) => _rows.Add(cells);

    /// <summary>The table, each line ended by a line feed.</summary>
    public override string ToString()
    {
        int[] widths = [.. Enumerable.Range(0, _rows[0].Length).Select(column => _rows.Max(row => row[column].Length))];
        var text = new StringBuilder();
        foreach (string[] row in _rows)
        {
            IEnumerable<string> cells = row.Select((cell, column) => cell.PadRight(widths[column]));
            text.Append("  ").Append(string.Join("  ", cells).TrimEnd()).Append('\n');
        }

        return text.ToString();
    }
}
