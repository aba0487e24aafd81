using System.Globalization;
using CsvHelper;

namespace NeuralNet.Training.Data.Tables;

/// <summary>Reads the rows of separated values into columns. The package finds the cells; what they are, and what is wrong with them, is said here.</summary>
internal sealed class CsvCells
{
    // A quote that is never closed makes one cell of the rest of the file.
    private const int MostBytesOfRow = 1 << 26;

    private readonly string _source;
    private readonly CsvOptions _options;
    private readonly HashSet<string> _missing;
    private readonly List<int> _lines = [];
    private GrowingColumn[] _columns = [];

    private CsvCells(string source, CsvOptions options)
    {
        _source = source;
        _options = options;
        _missing = new HashSet<string>(options.Missing, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Reads all rows.</summary>
    /// <param name="source">What errors call the file.</param>
    /// <param name="options">How it is written.</param>
    /// <param name="open">Opens it.</param>
    public static CsvTable Read(string source, CsvOptions options, Func<CsvReaderOptions, CsvReader> open)
    {
        var cells = new CsvCells(source, options);
        var read = new CsvReaderOptions
        {
            Separator = options.Separator,
            Quote = options.Quote,
            Encoding = options.Encoding,
            HasHeader = false,
            MalformedData = CsvMalformedDataHandling.Throw,
            TrackLineNumbers = true,
            TrimWhitespace = true,
            MaxRecordSize = MostBytesOfRow,
        };
        try
        {
            using CsvReader reader = open(read);
            cells.ReadAll(reader);
        }
        catch (CsvFormatException exception)
        {
            throw new InvalidDataException($"{source}, line {exception.LineNumber}: {exception.Message}", exception);
        }

        return new CsvTable(source, [.. cells._columns.Select(column => column.Complete())], [.. cells._lines]);
    }

    private void ReadAll(CsvReader reader)
    {
        if (!reader.Read())
        {
            throw new InvalidDataException($"{_source} has no rows.");
        }

        string[] first = Row(reader);
        MakeColumns(_options.HasHeader ? first : [.. Enumerable.Range(1, first.Length).Select(Unnamed)]);
        if (!_options.HasHeader)
        {
            Add(reader, first);
        }

        while (reader.Read())
        {
            Add(reader, Row(reader));
        }

        if (_lines.Count == 0)
        {
            throw new InvalidDataException($"{_source} has a header and no rows.");
        }
    }

    private string[] Row(CsvReader reader)
    {
        var cells = new string[reader.FieldCount];
        for (int i = 0; i < cells.Length; i++)
        {
            cells[i] = reader.GetString(i);
            if (cells[i].Contains('\uFFFD', StringComparison.Ordinal))
            {
                throw new InvalidDataException(
                    $"{_source}, line {reader.LineNumber}, cell {i + 1}: '{Shown(cells[i])}' is not in the encoding that was expected; " +
                    $"say the file's in {nameof(CsvOptions)}.{nameof(CsvOptions.Encoding)}.");
            }
        }

        return cells;
    }

    private void MakeColumns(string[] names)
    {
        names = [.. names.Select((name, i) => name.Length == 0 ? Unnamed(i + 1) : name)];
        for (int i = 0; i < names.Length; i++)
        {
            int same = Array.IndexOf(names, names[i]);
            if (same < i)
            {
                throw new InvalidDataException($"{_source}: columns {same + 1} and {i + 1} are both called '{Shown(names[i])}'.");
            }
        }

        foreach (string name in _options.Kinds.Keys)
        {
            if (!names.Contains(name))
            {
                throw new InvalidDataException($"{_source} has no column '{name}', whose kind is given; it has {CsvTable.Listed(names)}.");
            }
        }

        _columns = [.. names.Select(name => new GrowingColumn(name, _options.Kinds.TryGetValue(name, out ColumnKind kind) ? kind : null))];
    }

    private void Add(CsvReader reader, string[] cells)
    {
        int line = (int)Math.Min(reader.LineNumber, int.MaxValue);
        if (cells.Length != _columns.Length)
        {
            throw new InvalidDataException($"{_source}, line {line}: {cells.Length} cells, but the first row has {_columns.Length}.");
        }

        _lines.Add(line);
        for (int i = 0; i < cells.Length; i++)
        {
            string? cell = _missing.Contains(cells[i]) ? null : cells[i];
            if (!_columns[i].TryAdd(cell))
            {
                throw new InvalidDataException(
                    $"{_source}, line {line} (row {_lines.Count}), column '{_columns[i].Name}': '{Shown(cells[i])}' is not a finite number, but the column is of " +
                    $"numbers. Name it in {nameof(CsvOptions)}.{nameof(CsvOptions.Missing)} if it stands for a missing value, or the column in " +
                    $"{nameof(CsvOptions.Kinds)} if it is of categories.");
            }
        }
    }

    /// <summary>A text as errors show it, not too much of it.</summary>
    internal static string Shown(string text) => text.Length <= 60 ? text : $"{text[..60]}…";

    private static string Unnamed(int number) => string.Create(CultureInfo.InvariantCulture, $"column {number}");
}
