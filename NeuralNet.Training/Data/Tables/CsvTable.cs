using System.Diagnostics.CodeAnalysis;
using CsvHelper;
using NeuralNet.Core.Files;

namespace NeuralNet.Training.Data.Tables;

/// <summary>A table of separated values (CSV): columns of numbers and categories.</summary>
/// <example>
/// <code>
/// var table = CsvTable.Read("iris.csv");
/// var data = table.ToDataSet&lt;float&gt;(label: "species");                       // the other columns are features
///
/// var (train, test) = CsvTable.Read("houses.csv").Split(0.8, seed: 1);
/// var encoding = train.Encode(new TableColumns { Targets = ["price"], Fills = new() { ["age"] = Fill.Mean } });
/// var trainSet = train.ToDataSet&lt;float&gt;(encoding);
/// var testSet = test.ToDataSet&lt;float&gt;(encoding);                             // with the categories and means of the training part
/// </code>
/// </example>
/// <remarks>
/// <para><b>Format.</b> RFC 4180: cells may be quoted, and a row goes on over the line breaks in them; CR LF or LF; a byte order mark is passed over. Spaces around
/// cells are left out, and so are empty lines. Numbers are written as in program text (<c>-1.5e3</c>), whatever the system's language.</para>
/// <para>Whatever is not as it should be is an error with its line: rows of another length, quotes that do not match, a text in a column of numbers.</para>
/// <para>Immutable; safe to use from several threads.</para>
/// </remarks>
public sealed partial class CsvTable
{
    private readonly string _source;
    private readonly CsvColumn[] _columns;

    // Of the file, for errors: empty lines and line breaks in quotes make them differ from the rows.
    private readonly int[] _lines;

    internal CsvTable(string source, CsvColumn[] columns, int[] lines)
    {
        (_source, _columns, _lines) = (source, columns, lines);
    }

    /// <summary>Number of rows, without the header, 1 or more.</summary>
    public int RowCount => _lines.Length;

    /// <summary>The columns, in the order of the file.</summary>
    public IReadOnlyList<CsvColumn> Columns => _columns;

    /// <summary>A column by its name.</summary>
    /// <param name="name">The name, as the header has it.</param>
    /// <exception cref="ArgumentException">There is no such column; the message lists those that there are.</exception>
    public CsvColumn this[string name] => TryGetColumn(name, out CsvColumn? column)
        ? column
        : throw new ArgumentException($"{_source} has no column '{name}'; it has {Listed(_columns.Select(other => other.Name))}.", nameof(name));

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How it is written; null, the default, for commas, a header and UTF-8.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It has no rows, rows of different lengths, quotes that do not match, two columns of one name, a text in a column of
    /// numbers, or text of another encoding; the message names file, line and column. Or it is no regular file.</exception>
    public static CsvTable Read(string path, CsvOptions? options = null)
    {
        using FileStream file = RegularFile.Open(path, "a table of separated values");
        return CsvCells.Read($"'{path}'", options ?? new CsvOptions(), read => CsvReader.Create(file, read, leaveOpen: true));
    }

    /// <summary>Reads text.</summary>
    /// <param name="reader">The text; read to its end, not disposed.</param>
    /// <param name="options">How it is written; null, the default, for commas and a header.</param>
    /// <exception cref="InvalidDataException">As for a file.</exception>
    public static CsvTable Read(TextReader reader, CsvOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return CsvCells.Read("The table", options ?? new CsvOptions(), read => CsvReader.Create(reader, read, leaveOpen: true));
    }

    /// <summary>Some of the rows.</summary>
    /// <param name="rows">Which, 0 to <c>RowCount − 1</c>, one or more, in any order, also repeatedly.</param>
    /// <exception cref="ArgumentException">There are none.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is no row.</exception>
    public CsvTable Rows(params ReadOnlySpan<int> rows)
    {
        if (rows.IsEmpty)
        {
            throw new ArgumentException("A table has one row or more.", nameof(rows));
        }

        int wrong = rows.IndexOfAnyExceptInRange(0, RowCount - 1);
        if (wrong >= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(rows), rows[wrong], $"{_source} has rows 0 to {RowCount - 1}.");
        }

        int[] chosen = rows.ToArray();
        return new CsvTable(_source, Array.ConvertAll(_columns, column => column.Rows(chosen)), Array.ConvertAll(chosen, row => _lines[row]));
    }

    /// <summary>The rows that have a value in some columns.</summary>
    /// <param name="columns">The names of the columns; none for all.</param>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    /// <exception cref="InvalidOperationException">No row is left.</exception>
    public CsvTable WithoutMissing(params ReadOnlySpan<string> columns)
    {
        List<CsvColumn> needed = columns.IsEmpty ? [.. _columns] : [];
        foreach (string name in columns)
        {
            needed.Add(this[name]);
        }

        int[] left = [.. Enumerable.Range(0, RowCount).Where(row => !needed.Exists(column => column.IsMissing(row)))];
        return left.Length > 0 ? Rows(left) : throw new InvalidOperationException($"{_source} has no row without missing values.");
    }

    /// <summary>Two parts at random: every row is in one of them, in the order of the table.</summary>
    /// <param name="trainFraction">What fraction of the rows is to train with, above 0 and below 1; <c>⌊n·fraction + ½⌋</c> of n rows are.</param>
    /// <param name="seed">The same seed gives the same parts, the same as <see cref="DataSet{T}.Split(double, long)"/> of the rows as samples.</param>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is no number between 0 and 1, or leaves a part without rows.</exception>
    public (CsvTable Train, CsvTable Test) Split(double trainFraction, long seed)
    {
        (int[] train, int[] test) = Partition.Split(Partition.Order(RowCount, seed), trainFraction);
        return (Rows(train), Rows(test));
    }

    /// <summary>Names for an error, not too many of them.</summary>
    internal static string Listed(IEnumerable<string> names)
    {
        const int Most = 20;
        string[] first = [.. names.Take(Most + 1)];
        return string.Join(", ", first.Take(Most).Select(name => $"'{CsvCells.Shown(name)}'")) + (first.Length > Most ? ", …" : "");
    }

    private bool TryGetColumn(string name, [NotNullWhen(true)] out CsvColumn? column)
    {
        ArgumentNullException.ThrowIfNull(name);
        column = Array.Find(_columns, candidate => candidate.Name == name);
        return column is not null;
    }

    /// <summary>A cell, for errors.</summary>
    private string Place(int row, string column) => $"{_source}, line {_lines[row]}, column '{column}'";
}
