using System.Text;

namespace NeuralNet.Core.Text;

/// <summary>Rows of text under headings, in columns as wide as their widest cell: what reports print.</summary>
/// <remarks><b>Threads.</b> One at a time.</remarks>
public sealed class TextTable
{
    private readonly List<string[]> _rows = [];

    /// <summary>A table without rows.</summary>
    /// <param name="headings">What stands above each column.</param>
    public TextTable(params string[] headings)
    {
        ArgumentNullException.ThrowIfNull(headings);
        _rows.Add(headings);
    }

    /// <summary>Adds a row.</summary>
    /// <param name="cells">One for each heading.</param>
    /// <exception cref="ArgumentException">There are more or fewer than headings.</exception>
    public void Add(params string[] cells)
    {
        ArgumentNullException.ThrowIfNull(cells);
        if (cells.Length != _rows[0].Length)
        {
            throw new ArgumentException($"A row needs a cell for each of the {_rows[0].Length} headings, got {cells.Length}.", nameof(cells));
        }

        _rows.Add(cells);
    }

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
