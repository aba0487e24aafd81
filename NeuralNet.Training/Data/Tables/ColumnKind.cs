namespace NeuralNet.Training.Data.Tables;

/// <summary>What the cells of a column are.</summary>
public enum ColumnKind
{
    /// <summary>Finite numbers.</summary>
    Number,

    /// <summary>Names of which each cell is one: text.</summary>
    Category,
}
