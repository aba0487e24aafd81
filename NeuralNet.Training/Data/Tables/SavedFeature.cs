namespace NeuralNet.Training.Data.Tables;

/// <summary>A feature of a table's encoding as it stands in a file.</summary>
/// <param name="Column">The name of the column.</param>
/// <param name="Categories">Its categories; none for numbers.</param>
/// <param name="IsIndex">Whether a category is its number.</param>
/// <param name="Missing">What replaces a missing value; null where one is an error.</param>
internal sealed record SavedFeature(string Column, string[] Categories, bool IsIndex, double? Missing);
