using System.Numerics;

namespace NeuralNet.Core.Graphs;

/// <summary>One node as the store keeps it: light, since a graph may have a million.</summary>
internal struct NodeRecord<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    public NodeKind Kind;

    /// <summary>The gate; null for leaves.</summary>
    public Gate<T>? Gate;

    /// <summary>Where the node's inputs begin in the store's list, and how many they are.</summary>
    public int FirstInput;

    public int InputCount;

    /// <summary>The node that stands for this one since it was defined; −1 for none.</summary>
    public int Definition;

    /// <summary>Whether the value is a number in <see cref="NodeStore{T}.Values"/>; otherwise it is in <see cref="Matrices"/>.</summary>
    public bool IsNumber;

    /// <summary>Whether a variable or a parameter stands behind the node.</summary>
    public bool NeedsGradient;

    /// <summary>What a node on matrices has; null for one on numbers until a gate on matrices reads it.</summary>
    public NodeMatrices<T>? Matrices;
}
