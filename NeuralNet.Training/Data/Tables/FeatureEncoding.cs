namespace NeuralNet.Training.Data.Tables;

/// <summary>How a column becomes features.</summary>
/// <param name="Column">The name of the column.</param>
/// <param name="Categories">The categories it may have, each once, in the order of their numbers; empty for a column of numbers, which is a feature as it is.</param>
/// <param name="IsIndex">Whether a category is one feature, its number; otherwise it is a feature for each category, 1 for the one that it is.</param>
/// <param name="Missing">The number that replaces a missing one, or the number of the category that does; null where a missing value is an error.</param>
public sealed record FeatureEncoding(string Column, IReadOnlyList<string> Categories, bool IsIndex, double? Missing)
{
    /// <summary>What the cells of the column are.</summary>
    public ColumnKind Kind => Categories.Count == 0 ? ColumnKind.Number : ColumnKind.Category;

    /// <summary>Features that the column becomes.</summary>
    public int Width => Kind == ColumnKind.Number || IsIndex ? 1 : Categories.Count;

    /// <summary>The names of the features: the column's, or <c>column=category</c>.</summary>
    public IEnumerable<string> Names => Kind == ColumnKind.Number || IsIndex ? [Column] : Categories.Select(category => $"{Column}={category}");
}
