namespace NeuralNet.Core.Graphs;

/// <summary>What a node of a graph is.</summary>
public enum NodeKind
{
    /// <summary>An input whose gradient is wanted.</summary>
    Variable,

    /// <summary>An input that needs no gradient.</summary>
    Constant,

    /// <summary>An input that an optimiser trains.</summary>
    Parameter,

    /// <summary>The output of a gate.</summary>
    Gate,

    /// <summary>A name that was declared and has no definition yet.</summary>
    Declared,
}
