using System.Numerics;

namespace NeuralNet.Core.Graphs;

/// <summary>One node as the store keeps it: light, since a graph may have a million.</summary>
internal struct NodeRecord<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    public NodeKind Kind;

    /// <summary>The gate; null for leaves.</summary>
    public Gate<T>? Gate;

    /// <summary>Where the node's inputs begin in the store's list, and how many they are; of a leaf, where its value is in the list of leaves.</summary>
    public int First;

    public int InputCount;

    /// <summary>The node that stands for this one since it was defined; −1 for none.</summary>
    public int Definition;

    /// <summary>Whether the value is a number and not a matrix.</summary>
    public bool IsNumber;
}
