namespace NeuralNet.Core.Gates;

/// <summary>A direction in a matrix.</summary>
public enum Axis
{
    /// <summary>From row to row: sample by sample.</summary>
    Rows,

    /// <summary>From column to column: feature by feature.</summary>
    Columns,
}
