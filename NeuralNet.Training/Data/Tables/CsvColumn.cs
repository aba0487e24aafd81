using System.Globalization;

namespace NeuralNet.Training.Data.Tables;

/// <summary>A column of a table: numbers or categories, some of which may be missing.</summary>
public sealed class CsvColumn
{
    private readonly double[] _numbers;
    private readonly string?[] _categories;

    internal CsvColumn(string name, double[] numbers)
    {
        (Name, Kind, _numbers, _categories) = (name, ColumnKind.Number, numbers, []);
    }

    internal CsvColumn(string name, string?[] categories)
    {
        (Name, Kind, _numbers, _categories) = (name, ColumnKind.Category, [], categories);
    }

    /// <summary>What the header calls it, or <c>column 1</c> for the first, and so on.</summary>
    public string Name { get; }

    /// <summary>What the cells are.</summary>
    public ColumnKind Kind { get; }

    /// <summary>The numbers, one for each row, NaN where it is missing; empty for a column of categories.</summary>
    public ReadOnlySpan<double> Numbers => _numbers;

    /// <summary>The categories, one for each row, null where it is missing; empty for a column of numbers.</summary>
    public ReadOnlySpan<string?> Categories => _categories;

    /// <summary>Whether a cell has no value.</summary>
    /// <param name="row">The row, 0 or more.</param>
    public bool IsMissing(int row) => Kind == ColumnKind.Number ? double.IsNaN(_numbers[row]) : _categories[row] is null;

    /// <summary>A cell as text: the category, or the number in the shortest form that is that number; null where it is missing.</summary>
    /// <param name="row">The row, 0 or more.</param>
    public string? Text(int row) => IsMissing(row) ? null
        : Kind == ColumnKind.Number ? _numbers[row].ToString(CultureInfo.InvariantCulture) : _categories[row];

    /// <summary>The column with some of its rows.</summary>
    internal CsvColumn Rows(int[] rows) => Kind == ColumnKind.Number
        ? new CsvColumn(Name, Array.ConvertAll(rows, row => _numbers[row]))
        : new CsvColumn(Name, Array.ConvertAll(rows, row => _categories[row]));
}
