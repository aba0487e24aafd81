using System.Globalization;
using NeuralNet.Core.Text;
using NeuralNet.Training.Data.Tables;

namespace NeuralNet.Examples.Tabular;

/// <summary>A row with the median of every number and the most frequent of every category, and what changes when one of its cells does.</summary>
internal sealed class TypicalRow
{
    private readonly TableModel _model;
    private readonly CsvColumn[] _columns;
    private readonly string[] _cells;

    /// <summary>The typical row of a table.</summary>
    /// <param name="model">What predicts.</param>
    /// <param name="table">The rows that the model was trained with.</param>
    public TypicalRow(TableModel model, CsvTable table)
    {
        _model = model;
        _columns = [.. model.Encoding.Features.Select(feature => table[feature.Column])];
        _cells = [.. _columns.Select(column => column.Kind == ColumnKind.Number ? Quantile(column, 0.5) : MostFrequent(column))];
    }

    /// <summary>The category that most rows have; of several, the first in the order of characters.</summary>
    /// <param name="column">A column of categories.</param>
    public static string MostFrequent(CsvColumn column) => column.Categories.ToArray().OfType<string>()
        .GroupBy(category => category).OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).First().Key;

    /// <summary>The row with its prediction, and below it the predictions when one cell is another: the quartiles of a number, each category.</summary>
    public override string ToString()
    {
        List<(string Column, string Cell, string[] Row)> rows = [("", "", _cells)];
        for (int i = 0; i < _columns.Length; i++)
        {
            foreach (string cell in Others(i))
            {
                rows.Add((_columns[i].Name, cell, [.. _cells[..i], cell, .. _cells[(i + 1)..]]));
            }
        }

        IReadOnlyList<double> predictions = _model.Predict(Table(rows.Select(row => row.Row)));
        string target = _model.Encoding.Targets[0];
        var table = new TextTable("column", "value", target, "difference");
        for (int i = 1; i < rows.Count; i++)
        {
            table.Add(rows[i].Column, rows[i].Cell, Text(predictions[i], "F1"), Text(predictions[i] - predictions[0], "+0.0;-0.0;0.0"));
        }

        return $"a typical row: {string.Join(", ", _columns.Zip(_cells, (column, cell) => $"{column.Name} {cell}"))}: {target} {Text(predictions[0], "F1")}\n" +
            $"with one cell changed:\n{table}";
    }

    private IEnumerable<string> Others(int i) => (_columns[i].Kind == ColumnKind.Number
        ? [Quantile(_columns[i], 0.25), Quantile(_columns[i], 0.75)]
        : _model.Encoding.Features[i].Categories).Where(cell => cell != _cells[i]).Distinct();

    // A table of new rows, as if it came from a file: the kinds are those that the model was trained with.
    private CsvTable Table(IEnumerable<string[]> rows)
    {
        IEnumerable<string> lines = rows.Prepend([.. _columns.Select(column => column.Name)]).Select(row => string.Join(',', row.Select(Quoted)));
        return CsvTable.Read(new StringReader(string.Join('\n', lines)), new CsvOptions { Kinds = _model.Encoding.Kinds });
    }

    private static string Quoted(string cell) => $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Quantile(CsvColumn column, double fraction)
    {
        double[] sorted = [.. column.Numbers.ToArray().Where(number => !double.IsNaN(number)).Order()];
        return sorted[(int)(fraction * (sorted.Length - 1))].ToString(CultureInfo.InvariantCulture);
    }

    private static string Text(double number, string format) => number.ToString(format, CultureInfo.InvariantCulture);
}
