using System.Text;

namespace NeuralNet.Training.Data.Tables;

/// <summary>How a file of separated values is written.</summary>
public sealed record CsvOptions
{
    /// <summary>What separates the cells of a row, an ASCII character; a comma by default. Null looks for comma, semicolon, tab or bar in the first lines.</summary>
    public char? Separator { get; init; } = ',';

    /// <summary>What encloses cells that have separators or line breaks in them, where it is doubled; an ASCII character, <c>"</c> by default.</summary>
    public char Quote { get; init; } = '"';

    /// <summary>Whether the first row names the columns; by default it does. Without, they are <c>column 1</c>, <c>column 2</c>, …</summary>
    public bool HasHeader { get; init; } = true;

    /// <summary>The texts of a missing value, compared without case; by default an empty cell, <c>NA</c> and <c>NaN</c>.</summary>
    public IReadOnlyCollection<string> Missing { get; init; } = ["", "NA", "NaN"];

    /// <summary>What the columns of these names are. The others are what their first value is: numbers, if it is one.</summary>
    public Dictionary<string, ColumnKind> Kinds { get; init; } = [];

    /// <summary>How the text of a file is encoded; null, the default, for UTF-8, or UTF-16 where a byte order mark says so.</summary>
    public Encoding? Encoding { get; init; }
}
