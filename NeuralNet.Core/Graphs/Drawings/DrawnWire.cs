namespace NeuralNet.Core.Graphs.Drawings;

/// <summary>A wire from a node into a gate.</summary>
/// <param name="Source">The position of the node in the drawing.</param>
/// <param name="Gradient">The gradient that comes back through this wire, in lines: all of the node's, unless others lead from it too.</param>
internal sealed record DrawnWire(int Source, string[] Gradient);
