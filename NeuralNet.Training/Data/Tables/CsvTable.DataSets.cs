using System.Numerics;

namespace NeuralNet.Training.Data.Tables;

/// <content>Data sets of tables.</content>
public sealed partial class CsvTable
{
    /// <summary>The rows as samples, encoded by what is in these rows themselves. Rows to train and rows to test with need one encoding: <see cref="Encode"/>.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="label">The column of classes to predict: names, or integers; null (the default) for none.</param>
    /// <param name="targets">The columns of numbers to predict; null (the default) for none.</param>
    /// <param name="features">The columns to predict by; null (the default) for all others.</param>
    /// <exception cref="ArgumentException">As that of <see cref="Encode"/>.</exception>
    /// <exception cref="InvalidDataException">A value is missing or too large for T, or as that of <see cref="Encode"/>.</exception>
    public DataSet<T> ToDataSet<T>(string? label = null, IReadOnlyList<string>? targets = null, IReadOnlyList<string>? features = null)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        ToDataSet<T>(Encode(new TableColumns { Label = label, Targets = targets ?? [], Features = features }));

    /// <summary>The rows as samples, encoded as others were: a column of numbers is a feature, a column of categories one or several.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="encoding">What <see cref="Encode"/> found, of these rows or of those to train with. Columns that it does not name are not used.</param>
    /// <returns>A data set with the names of features and classes.</returns>
    /// <exception cref="ArgumentException">A column is not there or is not of its kind, or the values are more than an array holds.</exception>
    /// <exception cref="InvalidDataException">A value is missing or too large for T, or a category or class is none of those of the encoding; the message names
    /// line, column and value.</exception>
    public DataSet<T> ToDataSet<T>(TableEncoding encoding)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(encoding);
        long width = encoding.Features.Sum(feature => (long)feature.Width);
        if (width * RowCount > Array.MaxLength)
        {
            throw new ArgumentException(
                $"{RowCount} rows of {width} features are {width * RowCount} values; an array holds at most {Array.MaxLength}. Columns of many categories can be " +
                $"one feature, in {nameof(TableColumns)}.{nameof(TableColumns.AsIndex)}.", nameof(encoding));
        }

        var samples = new T[width * RowCount];
        int start = 0;
        foreach (FeatureEncoding feature in encoding.Features)
        {
            Write(this[feature.Column], feature, samples.AsSpan(start), (int)width);
            start += feature.Width;
        }

        string[] names = [.. encoding.Features.SelectMany(feature => feature.Names)];
        var data = new DataSet<T>(samples, (int)width).WithNames(features: names);
        if (encoding.Label is LabelEncoding label)
        {
            data = data.WithLabels(Labels(this[label.Column], label.Classes), label.Classes.Count).WithNames(classes: label.Classes);
        }

        return encoding.Targets.Count > 0 ? data.WithTargets(Targets<T>(encoding.Targets), encoding.Targets.Count) : data;
    }

    private void Write<T>(CsvColumn column, FeatureEncoding feature, Span<T> samples, int width)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (feature.Kind == ColumnKind.Number)
        {
            ThrowIfNotNumbers(column);
            for (int row = 0; row < RowCount; row++)
            {
                samples[row * width] = Number<T>(column, row, feature.Missing);
            }

            return;
        }

        if (column.Kind == ColumnKind.Number && !Enumerable.Range(0, RowCount).All(column.IsMissing))
        {
            throw new ArgumentException($"{_source}: column '{column.Name}' was read as numbers, but the encoding has categories. {Remedy}");
        }

        Dictionary<string, int> indices = NameIndex.Of(feature.Categories, "categories", "encoding");
        for (int row = 0; row < RowCount; row++)
        {
            int index = column.IsMissing(row)
                ? (int)(feature.Missing ?? throw Missing(column, row))
                : Index(indices, column, row, feature.Categories, "category");
            if (feature.IsIndex)
            {
                samples[row * width] = T.CreateChecked(index);
            }
            else
            {
                samples[(row * width) + index] = T.One;
            }
        }
    }

    private int[] Labels(CsvColumn column, IReadOnlyList<string> classes)
    {
        Dictionary<string, int> indices = NameIndex.Of(classes, "classes", "encoding");
        var labels = new int[RowCount];
        for (int row = 0; row < labels.Length; row++)
        {
            labels[row] = column.IsMissing(row) ? throw Missing(column, row) : Index(indices, column, row, classes, "class");
        }

        return labels;
    }

    private T[] Targets<T>(IReadOnlyList<string> names)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var targets = new T[checked(RowCount * names.Count)];
        for (int j = 0; j < names.Count; j++)
        {
            CsvColumn column = this[names[j]];
            ThrowIfNotNumbers(column);
            for (int row = 0; row < RowCount; row++)
            {
                targets[(row * names.Count) + j] = Number<T>(column, row, missing: null);
            }
        }

        return targets;
    }

    private T Number<T>(CsvColumn column, int row, double? missing)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double number = column.IsMissing(row) ? missing ?? throw Missing(column, row) : column.Numbers[row];
        T value = T.CreateTruncating(number);
        return T.IsFinite(value) ? value : throw new InvalidDataException($"{Place(row, column.Name)}: {number} is too large for {typeof(T).Name}.");
    }

    private int Index(Dictionary<string, int> indices, CsvColumn column, int row, IReadOnlyList<string> known, string what) =>
        indices.TryGetValue(column.Text(row)!, out int index)
            ? index
            : throw new InvalidDataException(
                $"{Place(row, column.Name)}: '{CsvCells.Shown(column.Text(row)!)}' is not a known {what}; the rows that the encoding was found from have {Listed(known)}.");

    private InvalidDataException Missing(CsvColumn column, int row) => new(
        $"{Place(row, column.Name)}: the value is missing. {nameof(TableColumns)}.{nameof(TableColumns.Fills)} says what replaces it, in a feature; " +
        $"{nameof(WithoutMissing)} leaves such rows out.");
}
