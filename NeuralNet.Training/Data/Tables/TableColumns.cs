namespace NeuralNet.Training.Data.Tables;

/// <summary>Which columns of a table are features, and which are to be predicted.</summary>
public sealed record TableColumns
{
    /// <summary>The column of classes to predict: names, or integers; null (the default) for none.</summary>
    public string? Label { get; init; }

    /// <summary>The columns of numbers to predict; by default none.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>The columns to predict by, in this order; null (the default) for all others, in the order of the table.</summary>
    public IReadOnlyList<string>? Features { get; init; }

    /// <summary>Columns of categories that are to be one number, the position of the category among all of them, as an embedding takes it. The others become a
    /// number for each category, 1 for the one that it is and 0 for the others.</summary>
    public IReadOnlyCollection<string> AsIndex { get; init; } = [];

    /// <summary>What missing values of these columns are replaced by. In all others they are errors.</summary>
    public Dictionary<string, Fill> Fills { get; init; } = [];
}
