namespace NeuralNet.Training.Data.Tables;

/// <summary>How a column becomes labels.</summary>
/// <param name="Column">The name of the column.</param>
/// <param name="Classes">The names of the classes, each once, in the order of their numbers.</param>
public sealed record LabelEncoding(string Column, IReadOnlyList<string> Classes);
