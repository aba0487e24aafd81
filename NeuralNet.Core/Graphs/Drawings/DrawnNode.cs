
namespace NeuralNet.Core.Graphs.Drawings;

/// <summary>A node as text.</summary>
/// <param name="Label">What it is called: its name, or <c>n</c> and a number.</param>
/// <param name="IsNamed">Whether it was given that name.</param>
/// <param name="Symbol">What stands in the gate's circle; null for a leaf.</param>
/// <param name="Gate">The gate's name; null for a leaf.</param>
/// <param name="Pattern">The gate's flow pattern.</param>
/// <param name="Value">The value in lines, one for each row of a matrix; empty where there is none.</param>
/// <param name="Gradient">The gradient in lines; empty where there is none.</param>
/// <param name="Inputs">The wires that come in.</param>
/// <param name="Uses">How many wires go out.</param>
/// <param name="IsRoot">Whether the backward pass began there: its gradient is not only what comes back through the wires.</param>
internal sealed record DrawnNode(
    string Label,
    bool IsNamed,
    string? Symbol,
    string? Gate,
    FlowPattern Pattern,
    string[] Value,
    string[] Gradient,
    DrawnWire[] Inputs,
    int Uses,
    bool IsRoot)
{
    /// <summary>The flow pattern in lower case.</summary>
    public string PatternName => Pattern.ToString().ToLowerInvariant();
}
