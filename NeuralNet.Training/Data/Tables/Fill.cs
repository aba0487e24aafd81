namespace NeuralNet.Training.Data.Tables;

/// <summary>What a missing value of a column is replaced by.</summary>
/// <remarks>Mean and median are those of the rows that <see cref="CsvTable.Encode"/> is called on, which should be those to train with.</remarks>
public sealed record Fill
{
    private Fill(Func<IReadOnlyList<double>, double>? ofNumbers, string? category, string name)
    {
        (OfNumbers, Name) = (ofNumbers, name);
        Text = category;
    }

    /// <summary>The mean of the column's numbers.</summary>
    public static Fill Mean { get; } = new(numbers => numbers.Average(), null, "mean");

    /// <summary>The median of the column's numbers; of an even count, the mean of the two in the middle.</summary>
    public static Fill Median { get; } = new(Middle, null, "median");

    /// <summary>How the number is found; null where it is a category.</summary>
    internal Func<IReadOnlyList<double>, double>? OfNumbers { get; }

    /// <summary>The category; null where it is a number.</summary>
    internal string? Text { get; }

    private string Name { get; }

    /// <summary>A number.</summary>
    /// <param name="value">The number, finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not finite.</exception>
    public static Fill Number(double value) => double.IsFinite(value)
        ? new Fill(_ => value, null, $"{value}")
        : throw new ArgumentOutOfRangeException(nameof(value), value, $"A missing value can be replaced by a finite number, got {value}.");

    /// <summary>A category, one that is in the data or one of its own, such as <c>unknown</c>.</summary>
    /// <param name="name">The category, not blank.</param>
    /// <exception cref="ArgumentException">It is blank.</exception>
    public static Fill Category(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return new Fill(null, name, $"'{name}'");
    }

    /// <summary><c>mean</c>, <c>median</c>, the number or the category.</summary>
    public override string ToString() => Name;

    private static double Middle(IReadOnlyList<double> numbers)
    {
        double[] sorted = [.. numbers.Order()];
        return (sorted[(sorted.Length - 1) / 2] / 2) + (sorted[sorted.Length / 2] / 2);
    }
}
