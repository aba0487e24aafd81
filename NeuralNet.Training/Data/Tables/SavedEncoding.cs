namespace NeuralNet.Training.Data.Tables;

/// <summary>The encoding of a table as it stands in a file.</summary>
/// <param name="Features">The features.</param>
/// <param name="LabelColumn">The column of classes; null for none.</param>
/// <param name="Classes">The names of the classes; none without labels.</param>
/// <param name="Targets">The columns that are targets.</param>
internal sealed record SavedEncoding(SavedFeature[] Features, string? LabelColumn, string[] Classes, string[] Targets);
