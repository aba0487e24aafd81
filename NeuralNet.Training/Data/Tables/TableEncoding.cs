using System.Text.Json;

namespace NeuralNet.Training.Data.Tables;

/// <summary>How rows of a table become samples, found from the rows to train with, so that others become samples in the same way. It is plain data, to be saved
/// with a model.</summary>
/// <param name="Features">The columns that are features, in the order of these.</param>
/// <param name="Label">The column of classes; null where there is none.</param>
/// <param name="Targets">The columns of numbers that are targets, in their order.</param>
public sealed record TableEncoding(IReadOnlyList<FeatureEncoding> Features, LabelEncoding? Label, IReadOnlyList<string> Targets)
{
    /// <summary>The same without label and targets, for rows of which these are not known.</summary>
    public TableEncoding FeaturesOnly => this with { Label = null, Targets = [] };

    /// <summary>What the columns of features are, for <see cref="CsvOptions.Kinds"/> when other rows are read: numbers that stand for categories (postal codes)
    /// are read as such again.</summary>
    public Dictionary<string, ColumnKind> Kinds => Features.ToDictionary(feature => feature.Column, feature => feature.Kind);

    /// <summary>Values of a sample.</summary>
    public int Width => Features.Sum(feature => feature.Width);

    /// <summary>The encoding as JSON, to be saved beside a network.</summary>
    public string ToJson() => JsonSerializer.Serialize(
        new SavedEncoding(
            [.. Features.Select(feature => new SavedFeature(feature.Column, [.. feature.Categories], feature.IsIndex, feature.Missing))],
            Label?.Column, [.. Label?.Classes ?? []], [.. Targets]),
        DataJson.Default.SavedEncoding);

    /// <summary>The encoding that <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The JSON.</param>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public static TableEncoding FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            SavedEncoding saved = JsonSerializer.Deserialize(json, DataJson.Default.SavedEncoding) ?? throw new JsonException("it is null.");
            return new TableEncoding(
                [.. saved.Features.Select(feature => new FeatureEncoding(feature.Column, feature.Categories, feature.IsIndex, feature.Missing))],
                saved.LabelColumn is null ? null : new LabelEncoding(saved.LabelColumn, saved.Classes), saved.Targets);
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"The encoding of the table cannot be read: {exception.Message}", exception);
        }
    }
}
