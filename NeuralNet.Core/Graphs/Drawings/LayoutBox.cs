namespace NeuralNet.Core.Graphs.Drawings;

/// <summary>What a layout has to place: a node, or a point where a long wire passes through a column.</summary>
internal sealed class LayoutBox
{
    /// <summary>How much room it takes to the right of its place, above it and below it.</summary>
    public required double Width { get; init; }

    public required double Above { get; init; }

    public required double Below { get; init; }

    /// <summary>The room that it needs to its left beside that of the curves.</summary>
    public double Before { get; init; }

    /// <summary>The column, from 0 at the left.</summary>
    public int Column { get; set; }

    /// <summary>Where the room before the column begins, the left end of the column, and the right end of its widest box.</summary>
    public double ColumnStart { get; set; }

    public double X { get; set; }

    public double ColumnEnd { get; set; }

    /// <summary>The height at which wires come in and go out.</summary>
    public double Y { get; set; }

    /// <summary>The boxes of the column before that lead here, in the order of the gate's inputs.</summary>
    public List<LayoutBox> From { get; } = [];

    /// <summary>The boxes of the next column that this one leads to.</summary>
    public List<LayoutBox> To { get; } = [];
}
