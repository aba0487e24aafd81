using System.Globalization;

namespace NeuralNet.Training.Data.Tables;

/// <content>Finding how columns become features.</content>
public sealed partial class CsvTable
{
    /// <summary>Finds how these rows, and others like them, become samples: categories, classes and what replaces missing values.</summary>
    /// <param name="columns">Which columns are features, and which are to be predicted.</param>
    /// <returns>The encoding: categories and classes are sorted by their characters, classes that are all integers by their value.</returns>
    /// <exception cref="ArgumentException">A column is not there, stands in two places, or is not of the kind that it is named for; or no features are left.</exception>
    /// <exception cref="InvalidDataException">A label is missing or is a number that is no integer, or there is only one class.</exception>
    public TableEncoding Encode(TableColumns columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        string[] answers = columns.Label is null ? [.. columns.Targets] : [columns.Label, .. columns.Targets];
        string[] features = columns.Features is null
            ? [.. _columns.Select(column => column.Name).Except(answers)]
            : [.. columns.Features];
        ThrowIfNamedTwice([.. answers, .. features]);
        if (features.Length == 0)
        {
            throw new ArgumentException($"{_source} has no columns left that could be features.", nameof(columns));
        }

        ThrowIfNoFeature(columns.AsIndex, features, nameof(TableColumns.AsIndex));
        ThrowIfNoFeature(columns.Fills.Keys, features, nameof(TableColumns.Fills));
        foreach (string target in columns.Targets)
        {
            ThrowIfNotNumbers(this[target]);
        }

        return new TableEncoding(
            [.. features.Select(name => EncodeFeature(this[name], columns.AsIndex.Contains(name), columns.Fills.GetValueOrDefault(name)))],
            columns.Label is null ? null : EncodeLabel(this[columns.Label]),
            [.. columns.Targets]);
    }

    private FeatureEncoding EncodeFeature(CsvColumn column, bool isIndex, Fill? fill)
    {
        if (Enumerable.Range(0, RowCount).All(column.IsMissing))
        {
            throw new ArgumentException($"{_source}: column '{column.Name}' has no values.", nameof(column));
        }

        if (column.Kind == ColumnKind.Category)
        {
            if (fill is not null && fill.Text is null)
            {
                throw new ArgumentException($"{_source}: column '{column.Name}' is of categories; its missing values cannot be replaced by {fill}.", nameof(fill));
            }

            string[] categories = [.. Present(column.Categories).Append(fill?.Text).OfType<string>().Distinct().Order(StringComparer.Ordinal)];
            return new FeatureEncoding(column.Name, categories, isIndex, fill is null ? null : Array.IndexOf(categories, fill.Text));
        }

        if (isIndex)
        {
            throw new ArgumentException($"{_source}: column '{column.Name}' is of numbers, which have no index. {Remedy}", nameof(column));
        }

        double[] numbers = [.. column.Numbers.ToArray().Where(number => !double.IsNaN(number))];
        return fill?.Text is null
            ? new FeatureEncoding(column.Name, [], false, fill?.OfNumbers!(numbers))
            : throw new ArgumentException($"{_source}: column '{column.Name}' is of numbers; its missing values cannot be replaced by {fill}.", nameof(fill));
    }

    private LabelEncoding EncodeLabel(CsvColumn column)
    {
        for (int row = 0; row < RowCount; row++)
        {
            if (column.IsMissing(row) || (column.Kind == ColumnKind.Number && !double.IsInteger(column.Numbers[row])))
            {
                throw new InvalidDataException($"{Place(row, column.Name)}: {(column.IsMissing(row)
                    ? $"the label is missing; {nameof(WithoutMissing)} leaves such rows out."
                    : $"{column.Text(row)} is no class; labels are names or integers. Numbers to predict are targets.")}");
            }
        }

        string[] classes = column.Kind == ColumnKind.Number
            ? [.. column.Numbers.ToArray().Distinct().Order().Select(number => number.ToString(CultureInfo.InvariantCulture))]
            : [.. Present(column.Categories).Distinct().Order(StringComparer.Ordinal)];
        return classes.Length > 1
            ? new LabelEncoding(column.Name, classes)
            : throw new InvalidDataException($"{_source}: column '{column.Name}' has one class only, '{classes[0]}'; there is nothing to tell apart.");
    }

    private static IEnumerable<string> Present(ReadOnlySpan<string?> categories) => categories.ToArray().OfType<string>();

    private void ThrowIfNamedTwice(string[] names)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (string name in names)
        {
            if (!seen.Add(this[name].Name))
            {
                throw new ArgumentException($"{_source}: column '{name}' is named twice, among label, targets and features; each has one part.");
            }
        }
    }

    private void ThrowIfNoFeature(IEnumerable<string> names, string[] features, string what)
    {
        if (names.FirstOrDefault(name => !features.Contains(name)) is string wrong)
        {
            throw new ArgumentException($"{_source}: '{wrong}' of {what} is not among the features {Listed(features)}.");
        }
    }

    private void ThrowIfNotNumbers(CsvColumn column)
    {
        if (column.Kind != ColumnKind.Number)
        {
            int row = Array.FindIndex(column.Categories.ToArray(), category => category is not null);
            throw new ArgumentException(
                $"{(row < 0 ? _source : Place(row, column.Name))}: '{(row < 0 ? column.Name : column.Text(row))}' is not a number, but the column is used as one.");
        }
    }

    private const string Remedy = $"Read the table with {nameof(CsvOptions)}.{nameof(CsvOptions.Kinds)} where they stand for categories.";
}
