using System.Globalization;

namespace NeuralNet.Training.Data.Tables;

/// <summary>A column while its rows are read: it is of numbers or of categories from its first value on, unless that is said before.</summary>
/// <param name="name">Its name.</param>
/// <param name="kind">What it is; null where its first value decides.</param>
internal sealed class GrowingColumn(string name, ColumnKind? kind)
{
    // Only one of the two is used; cells that are missing before the first value are counted.
    private readonly List<double> _numbers = [];
    private readonly List<string?> _categories = [];

    // A category is kept once, not once for each row.
    private readonly Dictionary<string, string> _distinct = new(StringComparer.Ordinal);
    private ColumnKind? _kind = kind;
    private int _missing;

    public string Name => name;

    /// <summary>Adds a cell; null for a missing value.</summary>
    /// <returns>False where the column is of numbers and the cell is none.</returns>
    public bool TryAdd(string? cell)
    {
        if (cell is null && _kind is null)
        {
            _missing++;
            return true;
        }

        double number = double.NaN;
        bool isNumber = cell is null || (double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number));
        if (_kind is null)
        {
            _kind = isNumber ? ColumnKind.Number : ColumnKind.Category;
            _numbers.AddRange(Enumerable.Repeat(double.NaN, isNumber ? _missing : 0));
            _categories.AddRange(Enumerable.Repeat<string?>(null, isNumber ? 0 : _missing));
        }

        if (_kind == ColumnKind.Category)
        {
            _categories.Add(cell is null ? null : _distinct.TryGetValue(cell, out string? same) ? same : _distinct[cell] = cell);
            return true;
        }

        // Of the two zeros, one: as labels they are the same.
        _numbers.Add(cell is null ? double.NaN : number + 0.0);
        return isNumber;
    }

    /// <summary>The column; without any value it is one of numbers that are missing.</summary>
    public CsvColumn Complete() => _kind switch
    {
        ColumnKind.Category => new CsvColumn(name, [.. _categories]),
        ColumnKind.Number => new CsvColumn(name, [.. _numbers]),
        _ => new CsvColumn(name, [.. Enumerable.Repeat(double.NaN, _missing)]),
    };
}
